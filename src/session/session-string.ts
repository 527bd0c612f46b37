import { isIPv4 } from "node:net";
import { Redacted } from "../redacted.js";
import { sessionInvalid } from "./faults.js";

/** What one login is: a data centre and the key that it knows this device by. */
export interface SessionKey {
  readonly dcId: number;
  /** 256 bytes. Whoever has them has the account. */
  readonly authKey: Uint8Array;
}

/** Where a data centre listens, which other libraries keep in their strings. */
export interface SessionAddress {
  readonly host: string;
  readonly port: number;
}

/** Whose session strings: those of GramJS, or of Telethon. */
export type StringFormat = "gramjs" | "telethon";

export const KEY_BYTES = 256;
/** What a session says of itself without giving it away. */
const HIDDEN = "(a session string)";
/** Either alphabet of base64, but no other character: the decoder would pass over it. */
const FORM = /^1[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * Reads a string session of GramJS (`1` + base64 of data centre, address, port and key) or of Telethon (the same with an
 * IPv4 or IPv6 address of fixed length). The address is left alone: where a data centre listens is known otherwise.
 *
 * @throws {@link GuardError} `session_invalid`
 */
export function parseSessionString(text: string): SessionKey {
  const trimmed = text.trim();
  const bytes = FORM.test(trimmed) ? Buffer.from(trimmed.slice(1), "base64url") : Buffer.alloc(0);
  const dcId = bytes[0];
  const headBytes = headLength(bytes);
  if (headBytes === undefined || bytes.length !== headBytes + KEY_BYTES || dcId === undefined || dcId === 0) {
    throw sessionInvalid(HIDDEN, "damaged", "is not a session string of GramJS or Telethon", {
      nextStep: "Log in again, or pass the whole string as it was exported: it begins with 1.",
    });
  }
  return { dcId, authKey: bytes.subarray(headBytes) };
}

/** GramJS: dc u8, length i16, address, port i16. Telethon: dc u8, 4 or 16 bytes of address, port u16. */
function headLength(bytes: Buffer): number | undefined {
  if (bytes.length === 1 + 4 + 2 + KEY_BYTES) return 7;
  if (bytes.length === 1 + 16 + 2 + KEY_BYTES) return 19;
  return bytes.length > 3 ? 1 + 2 + bytes.readInt16BE(1) + 2 : undefined;
}

/** Ports above this do not fit into GramJS's signed number; its main connection uses 443 whatever stands there. */
const HIGHEST_PORT = 32_767;
const USUAL_PORT = 443;

/** Writes the string that the other library reads. Telethon's has four bytes for the address, so IPv4 alone. */
export function formatSessionString(
  key: Redacted<SessionKey>,
  { host, port }: SessionAddress,
  format: StringFormat,
): Redacted<string> {
  const { dcId, authKey } = key.expose();
  const address = format === "telethon" ? octetsOf(host) : Buffer.from(host);
  const ports = Buffer.alloc(2);
  ports.writeUInt16BE(port > HIGHEST_PORT ? USUAL_PORT : port);
  const length = Buffer.alloc(2);
  length.writeInt16BE(address.length);
  const parts = [Buffer.of(dcId), ...(format === "gramjs" ? [length] : []), address, ports, authKey];
  const text = Buffer.concat(parts).toString("base64");
  return new Redacted(`1${format === "telethon" ? text.replaceAll("+", "-").replaceAll("/", "_") : text}`);
}

const octetsOf = (host: string): Buffer => Buffer.from(isIPv4(host) ? host.split(".").map(Number) : [127, 0, 0, 1]);
