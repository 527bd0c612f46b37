import { createCipheriv, createDecipheriv } from "node:crypto";

export const OBFUSCATION_HEADER_BYTES = 64;

/** Two AES-CTR streams that hide a transport from filters. */
export interface Obfuscation {
  /** The bytes that name the transport inside: one of the tags of the transports that are not hidden. */
  readonly tag: Buffer;
  readonly decrypt: (chunk: Buffer) => Buffer;
  readonly encrypt: (chunk: Buffer) => Buffer;
}

/** Reads the client's 64 bytes: core.telegram.org/mtproto/mtproto-transports#transport-obfuscation */
export function openObfuscation(header: Buffer): Obfuscation {
  const reversed = Buffer.from(header.subarray(8, 56)).reverse();
  const decryptor = createDecipheriv("aes-256-ctr", header.subarray(8, 40), header.subarray(40, 56));
  const encryptor = createCipheriv("aes-256-ctr", reversed.subarray(0, 32), reversed.subarray(32, 48));
  const tag = decryptor.update(header).subarray(56, 60);
  return { tag, decrypt: (chunk) => decryptor.update(chunk), encrypt: (chunk) => encryptor.update(chunk) };
}
