import { createCipheriv } from "node:crypto";
import { AesBlockDecryptor } from "./aes-block.js";

const BLOCK = 16;

/**
 * AES-256-IGE (core.telegram.org/mtproto/description): C_i = E(P_i ^ C_{i-1}) ^ P_{i-1}.
 * With Y_i = C_i ^ P_{i-1} that is Y_i = E(P_i ^ P_{i-2} ^ Y_{i-1}), which is CBC over P_i ^ P_{i-2}:
 * the native cipher does it in one call.
 */
export function igeEncrypt(plain: Buffer, key: Buffer, iv: Buffer): Buffer {
  const before = wordsOf(iv);
  const original = wordsOf(plain);
  const folded = original.slice();
  for (let i = BLOCK_WORDS; i < folded.length; i++) {
    folded[i] = at(folded, i) ^ (i < 2 * BLOCK_WORDS ? at(before, i) : at(original, i - 2 * BLOCK_WORDS));
  }
  const cipher = createCipheriv("aes-256-cbc", key, iv.subarray(0, BLOCK)).setAutoPadding(false);
  const output = wordsOf(cipher.update(folded));
  for (let i = 0; i < output.length; i++) {
    output[i] = at(output, i) ^ (i < BLOCK_WORDS ? at(before, i + BLOCK_WORDS) : at(original, i - BLOCK_WORDS));
  }
  return Buffer.from(output.buffer, output.byteOffset, output.byteLength);
}

const BLOCK_WORDS = BLOCK / 4;
const at = (words: Int32Array, index: number): number => words[index] as number;

/** The bytes four at a time; a copy where they do not lie on a border of four. */
function wordsOf(bytes: Buffer): Int32Array {
  const { buffer, byteOffset, length } = bytes;
  if (byteOffset % 4 === 0) return new Int32Array(buffer, byteOffset, length / 4);
  const copy = new Uint8Array(bytes);
  return new Int32Array(copy.buffer);
}

/** P_i = D(C_i ^ P_{i-1}) ^ C_{i-1}: every block waits for the one before. */
export function igeDecrypt(encrypted: Buffer, key: Buffer, iv: Buffer): Buffer {
  const cipher = new AesBlockDecryptor(key);
  const output = Buffer.allocUnsafe(encrypted.length);
  const input = new DataView(encrypted.buffer, encrypted.byteOffset, encrypted.byteLength);
  const plain = new DataView(output.buffer, output.byteOffset, output.byteLength);
  const block = new Uint32Array(4);
  let [c0, c1, c2, c3] = [iv.readUInt32BE(0), iv.readUInt32BE(4), iv.readUInt32BE(8), iv.readUInt32BE(12)];
  let [p0, p1, p2, p3] = [iv.readUInt32BE(16), iv.readUInt32BE(20), iv.readUInt32BE(24), iv.readUInt32BE(28)];
  for (let i = 0; i + BLOCK <= encrypted.length; i += BLOCK) {
    const n0 = input.getUint32(i);
    const n1 = input.getUint32(i + 4);
    const n2 = input.getUint32(i + 8);
    const n3 = input.getUint32(i + 12);
    block[0] = n0 ^ p0;
    block[1] = n1 ^ p1;
    block[2] = n2 ^ p2;
    block[3] = n3 ^ p3;
    cipher.decrypt(block);
    p0 = block[0] ^ c0;
    p1 = block[1] ^ c1;
    p2 = block[2] ^ c2;
    p3 = block[3] ^ c3;
    plain.setUint32(i, p0);
    plain.setUint32(i + 4, p1);
    plain.setUint32(i + 8, p2);
    plain.setUint32(i + 12, p3);
    c0 = n0;
    c1 = n1;
    c2 = n2;
    c3 = n3;
  }
  return output;
}
