import { createCipheriv } from "node:crypto";
import { AesBlockDecryptor } from "./aes-block.js";

const BLOCK = 16;

/**
 * AES-256-IGE (core.telegram.org/mtproto/description): C_i = E(P_i ^ C_{i-1}) ^ P_{i-1}.
 * With Y_i = C_i ^ P_{i-1} that is Y_i = E(P_i ^ P_{i-2} ^ Y_{i-1}), which is CBC over P_i ^ P_{i-2}:
 * the native cipher does it in one call.
 */
export function igeEncrypt(plain: Buffer, key: Buffer, iv: Buffer): Buffer {
  const folded = Buffer.from(plain);
  for (let i = BLOCK; i < plain.length; i++) {
    const before = i < 2 * BLOCK ? iv[i] : plain[i - 2 * BLOCK];
    folded[i] = (folded[i] ?? 0) ^ (before ?? 0);
  }
  const cipher = createCipheriv("aes-256-cbc", key, iv.subarray(0, BLOCK)).setAutoPadding(false);
  const output = cipher.update(folded);
  for (let i = 0; i < output.length; i++) {
    const before = i < BLOCK ? iv[i + BLOCK] : plain[i - BLOCK];
    output[i] = (output[i] ?? 0) ^ (before ?? 0);
  }
  return output;
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
