import { createHash } from "node:crypto";

function digest(algorithm: string, parts: readonly Uint8Array[]): Buffer {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export const sha1 = (...parts: readonly Uint8Array[]): Buffer => digest("sha1", parts);
export const sha256 = (...parts: readonly Uint8Array[]): Buffer => digest("sha256", parts);

/** XOR of two buffers of one length. */
export const xor = (a: Uint8Array, b: Uint8Array): Buffer => Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)));
