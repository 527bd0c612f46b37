import { constants, createPublicKey, privateDecrypt, type KeyObject } from "node:crypto";
import { TlWriter } from "../tl/writer.js";
import { igeDecrypt } from "./aes-ige.js";
import { sha1, sha256, xor } from "./hashes.js";
import { quickRsaKey } from "./quick-rsa.js";

const RSA_BYTES = 2048 / 8;

/** The server's RSA key, by which a client recognises it. */
export interface ServerKey {
  readonly fingerprint: bigint;
  /** PKCS#1, as Telegram's clients carry theirs. */
  readonly publicKeyPem: string;
  /** The inner data of req_DH_params, with whatever padding follows it; undefined when it is unreadable. */
  readonly open: (encrypted: Buffer) => OpenedData | undefined;
}

interface OpenedData {
  readonly data: Buffer;
  /** For the old form, which hashes the data without its padding: does the hash fit this many bytes? */
  readonly fits: (length: number) => boolean;
}

/** mtcute writes fingerprints in hexadecimal and loses a zero that leads: it would not know such a key. */
const beginsWithZero = (fingerprint: bigint): boolean => BigInt.asUintN(64, fingerprint) >> 60n === 0n;

/** Makes a fresh key. */
export async function createServerKey(): Promise<ServerKey> {
  const privateKey = await quickRsaKey();
  const publicKey = createPublicKey(privateKey);
  const fingerprint = fingerprintOf(publicKey);
  if (beginsWithZero(fingerprint)) return createServerKey();
  return {
    fingerprint,
    publicKeyPem: publicKey.export({ type: "pkcs1", format: "pem" }).toString(),
    open: (encrypted) => open(privateKey, encrypted),
  };
}

/** The last 8 bytes of SHA1(n, e), both as TL bytes: core.telegram.org/mtproto/auth_key */
function fingerprintOf(key: KeyObject): bigint {
  const { n = "", e = "" } = key.export({ format: "jwk" });
  const writer = new TlWriter();
  writer.bytes(Buffer.from(n, "base64url"));
  writer.bytes(Buffer.from(e, "base64url"));
  return sha1(writer.finish()).readBigInt64LE(12);
}

function open(key: KeyObject, encrypted: Buffer): OpenedData | undefined {
  if (encrypted.length !== RSA_BYTES) return undefined;
  const block = decryptBlock(key, encrypted);
  return block && (openPadded(block) ?? openHashed(block));
}

function decryptBlock(key: KeyObject, encrypted: Buffer): Buffer | undefined {
  try {
    return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, encrypted);
  } catch {
    return undefined; // a number above the modulus
  }
}

/** RSA_PAD: core.telegram.org/mtproto/auth_key#41-rsa-paddata-server-public-key-mentioned-above-is-implemented-as-follows */
function openPadded(block: Buffer): OpenedData | undefined {
  const encrypted = block.subarray(32);
  const temporaryKey = xor(block.subarray(0, 32), sha256(encrypted));
  const plain = igeDecrypt(encrypted, temporaryKey, Buffer.alloc(32));
  const data = Buffer.from(plain.subarray(0, 192)).reverse();
  if (!sha256(temporaryKey, data).equals(plain.subarray(192))) return undefined;
  return { data, fits: () => true };
}

/** The form before RSA_PAD, which Telethon still sends: SHA1(data), data and padding in 255 bytes. */
function openHashed(block: Buffer): OpenedData | undefined {
  if (block[0] !== 0) return undefined;
  const hash = block.subarray(1, 21);
  const data = block.subarray(21);
  return { data, fits: (length) => sha1(data.subarray(0, length)).equals(hash) };
}
