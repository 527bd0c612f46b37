import { GuardError } from "../errors.js";

/** What one login is: a data centre and the key that it knows this device by. */
export interface SessionKey {
  readonly dcId: number;
  readonly authKey: Uint8Array;
}

const KEY_BYTES = 256;
/** What a session says of itself without giving it away. */
const HIDDEN = "(a session string)";

/**
 * Reads a string session of GramJS (`1` + base64 of data centre, address, port and key) or of Telethon (the same with an
 * IPv4 or IPv6 address of fixed length). The address is left alone: where a data centre listens is known otherwise.
 *
 * @throws {@link GuardError} `session_invalid`
 */
export function parseSessionString(text: string): SessionKey {
  const bytes = Buffer.from(text.trim().slice(1), "base64url");
  const dcId = bytes[0];
  const headBytes = headLength(bytes);
  const fits = text.trim().startsWith("1") && headBytes !== undefined && bytes.length === headBytes + KEY_BYTES;
  if (!fits || dcId === undefined) {
    throw new GuardError("session_invalid", "This is not a session string of GramJS or Telethon.", {
      details: { session: HIDDEN },
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
