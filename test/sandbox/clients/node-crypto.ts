import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  pbkdf2,
  randomFillSync,
  type Cipher,
  type Decipher,
} from "node:crypto";
import { promisify } from "node:util";
import { deflateSync, gunzipSync } from "node:zlib";
import { BaseCryptoProvider, type IAesCtr, type ICryptoProvider, type IEncryptionScheme } from "@mtcute/core/utils.js";

const BLOCK = 16;

const hashed = (algorithm: string, data: Uint8Array): Uint8Array =>
  new Uint8Array(createHash(algorithm).update(data).digest());

/** IGE as its definition says, block after block: y = E(x ^ yBefore) ^ xBefore. */
function ige(data: Uint8Array, cipher: Cipher | Decipher, before: { x: Uint8Array; y: Uint8Array }): Uint8Array {
  const output = new Uint8Array(data.length);
  let { x: lastX, y: lastY } = before;
  const mixed = new Uint8Array(BLOCK);
  for (let at = 0; at < data.length; at += BLOCK) {
    const x = data.subarray(at, at + BLOCK);
    for (let i = 0; i < BLOCK; i++) mixed[i] = (x[i] ?? 0) ^ (lastY[i] ?? 0);
    const turned = cipher.update(mixed);
    const y = output.subarray(at, at + BLOCK);
    for (let i = 0; i < BLOCK; i++) y[i] = (turned[i] ?? 0) ^ (lastX[i] ?? 0);
    lastX = x;
    lastY = y;
  }
  return output;
}

/** What mtcute needs of cryptography, by Node alone: nothing in it is shared with the sandbox. */
export class NodeCrypto extends BaseCryptoProvider implements ICryptoProvider {
  sha1 = (data: Uint8Array): Uint8Array => hashed("sha1", data);
  sha256 = (data: Uint8Array): Uint8Array => hashed("sha256", data);

  async pbkdf2(
    password: Uint8Array,
    salt: Uint8Array,
    rounds: number,
    bytes = 64,
    hash = "sha512",
  ): Promise<Uint8Array> {
    return new Uint8Array(await promisify(pbkdf2)(password, salt, rounds, bytes, hash));
  }

  hmacSha256 = (data: Uint8Array, key: Uint8Array): Uint8Array =>
    new Uint8Array(createHmac("sha256", key).update(data).digest());

  createAesCtr(key: Uint8Array, iv: Uint8Array): IAesCtr {
    const cipher = createCipheriv("aes-256-ctr", key, iv);
    return { process: (data) => new Uint8Array(cipher.update(data)) };
  }

  createAesIge(key: Uint8Array, iv: Uint8Array): IEncryptionScheme {
    const [first, second] = [iv.subarray(0, BLOCK), iv.subarray(BLOCK)];
    return {
      encrypt: (data) =>
        ige(data, createCipheriv("aes-256-ecb", key, null).setAutoPadding(false), { x: second, y: first }),
      decrypt: (data) =>
        ige(data, createDecipheriv("aes-256-ecb", key, null).setAutoPadding(false), { x: first, y: second }),
    };
  }

  /** mtcute sends zlib where Telegram says gzip. */
  gzip(data: Uint8Array, maxSize: number): Uint8Array | null {
    const packed = deflateSync(data);
    return packed.length <= maxSize ? new Uint8Array(packed) : null;
  }

  gunzip = (data: Uint8Array): Uint8Array => new Uint8Array(gunzipSync(data));

  randomFill(bytes: Uint8Array): void {
    randomFillSync(bytes);
  }
}
