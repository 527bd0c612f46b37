import { createHash, createPublicKey } from "node:crypto";
import { readBigIntFromBuffer } from "telegram/Helpers.js";
import { _serverKeys } from "telegram/crypto/RSA.js";

/** The name under which the state of Telegram's own servers is kept. */
const PRODUCTION_NAME = "telegram";

/**
 * Lets GramJS accept a server that proves to have this key, and gives the server's name: the fingerprint of its key.
 * State is kept by that name, so a sandbox's approvals and counters never meet those of a real account.
 */
export function trustServer(publicKeyPem: string | undefined): string {
  if (publicKeyPem === undefined) return PRODUCTION_NAME;
  const { n, e } = createPublicKey(publicKeyPem).export({ format: "jwk" });
  const modulus = Buffer.from(n ?? "", "base64url");
  const exponent = Buffer.from(e ?? "", "base64url");
  const fingerprint = createHash("sha1").update(tlBytes(modulus)).update(tlBytes(exponent)).digest().subarray(-8);
  const signed = fingerprint.readBigInt64LE().toString();
  _serverKeys.set(signed, {
    n: readBigIntFromBuffer(modulus, false, false),
    e: exponent.readUIntBE(0, exponent.length),
  });
  return fingerprint.toString("hex");
}

/** TL `bytes`: a length of one byte (254 and three more from there on), the bytes, zeros up to a multiple of four. */
function tlBytes(value: Buffer): Buffer {
  const head =
    value.length < 254
      ? Buffer.from([value.length])
      : Buffer.from([254, value.length & 255, (value.length >> 8) & 255, value.length >> 16]);
  const padding = Buffer.alloc((4 - ((head.length + value.length) % 4)) % 4);
  return Buffer.concat([head, value, padding]);
}
