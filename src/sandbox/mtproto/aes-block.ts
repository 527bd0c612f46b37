/**
 * AES-256 block decryption by tables (FIPS 197, section 5.3.5: the equivalent inverse cipher).
 * IGE decryption feeds each block's result into the next one, so that a native cipher would be called
 * once for every 16 bytes; this is several times as fast.
 */
const ROUNDS = 14;

const SBOX = new Uint8Array(256);
const INVERSE_SBOX = new Uint8Array(256);
const T0 = new Uint32Array(256);
const T1 = new Uint32Array(256);
const T2 = new Uint32Array(256);
const T3 = new Uint32Array(256);

const double = (x: number): number => ((x << 1) ^ (x & 0x80 ? 0x11b : 0)) & 0xff;

function multiply(a: number, b: number): number {
  let product = 0;
  for (let factor = a, bits = b; bits !== 0; bits >>= 1, factor = double(factor)) if (bits & 1) product ^= factor;
  return product;
}

function fillTables(): void {
  let p = 1;
  let q = 1;
  do {
    p = p ^ double(p);
    q ^= q << 1;
    q ^= q << 2;
    q ^= q << 4;
    q &= 0xff;
    if (q & 0x80) q ^= 0x09;
    const x = q ^ ((q << 1) | (q >> 7)) ^ ((q << 2) | (q >> 6)) ^ ((q << 3) | (q >> 5)) ^ ((q << 4) | (q >> 4));
    SBOX[p] = (x ^ 0x63) & 0xff;
  } while (p !== 1);
  SBOX[0] = 0x63;
  for (let i = 0; i < 256; i++) INVERSE_SBOX[SBOX[i] ?? 0] = i;
  for (let i = 0; i < 256; i++) {
    const s = INVERSE_SBOX[i] ?? 0;
    const word = (multiply(s, 14) << 24) | (multiply(s, 9) << 16) | (multiply(s, 13) << 8) | multiply(s, 11);
    T0[i] = word;
    T1[i] = (word >>> 8) | (word << 24);
    T2[i] = (word >>> 16) | (word << 16);
    T3[i] = (word >>> 24) | (word << 8);
  }
}
fillTables();

const at = (table: Uint8Array | Uint32Array, index: number): number => table[index] as number;

const substitute = (word: number): number =>
  (at(SBOX, word >>> 24) << 24) |
  (at(SBOX, (word >>> 16) & 0xff) << 16) |
  (at(SBOX, (word >>> 8) & 0xff) << 8) |
  at(SBOX, word & 0xff);

const inverseMix = (word: number): number =>
  at(T0, at(SBOX, word >>> 24)) ^
  at(T1, at(SBOX, (word >>> 16) & 0xff)) ^
  at(T2, at(SBOX, (word >>> 8) & 0xff)) ^
  at(T3, at(SBOX, word & 0xff));

function expandKey(key: Uint8Array): Uint32Array {
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  const words = new Uint32Array(4 * (ROUNDS + 1));
  for (let i = 0; i < 8; i++) words[i] = view.getUint32(i * 4);
  let constant = 1;
  for (let i = 8; i < words.length; i++) {
    let word = at(words, i - 1);
    if (i % 8 === 0) {
      word = substitute((word << 8) | (word >>> 24)) ^ (constant << 24);
      constant = double(constant);
    } else if (i % 8 === 4) word = substitute(word);
    words[i] = at(words, i - 8) ^ word;
  }
  return words;
}

/** The round keys in the order that decryption uses them. */
function decryptionKeys(key: Uint8Array): Uint32Array {
  const forward = expandKey(key);
  const backward = new Uint32Array(forward.length);
  for (let round = 0; round <= ROUNDS; round++) {
    for (let column = 0; column < 4; column++) {
      const word = at(forward, (ROUNDS - round) * 4 + column);
      backward[round * 4 + column] = round === 0 || round === ROUNDS ? word : inverseMix(word);
    }
  }
  return backward;
}

/** Decrypts single blocks with one key. */
export class AesBlockDecryptor {
  private readonly keys: Uint32Array;

  constructor(key: Uint8Array) {
    this.keys = decryptionKeys(key);
  }

  /** Decrypts the four big-endian words of a block in place. */
  decrypt(block: Uint32Array): void {
    const { keys } = this;
    let a = at(block, 0) ^ at(keys, 0);
    let b = at(block, 1) ^ at(keys, 1);
    let c = at(block, 2) ^ at(keys, 2);
    let d = at(block, 3) ^ at(keys, 3);
    let k = 4;
    for (let round = 1; round < ROUNDS; round++, k += 4) {
      const e =
        at(T0, a >>> 24) ^ at(T1, (d >>> 16) & 0xff) ^ at(T2, (c >>> 8) & 0xff) ^ at(T3, b & 0xff) ^ at(keys, k);
      const f =
        at(T0, b >>> 24) ^ at(T1, (a >>> 16) & 0xff) ^ at(T2, (d >>> 8) & 0xff) ^ at(T3, c & 0xff) ^ at(keys, k + 1);
      const g =
        at(T0, c >>> 24) ^ at(T1, (b >>> 16) & 0xff) ^ at(T2, (a >>> 8) & 0xff) ^ at(T3, d & 0xff) ^ at(keys, k + 2);
      const h =
        at(T0, d >>> 24) ^ at(T1, (c >>> 16) & 0xff) ^ at(T2, (b >>> 8) & 0xff) ^ at(T3, a & 0xff) ^ at(keys, k + 3);
      a = e;
      b = f;
      c = g;
      d = h;
    }
    block[0] = lastRound(a, d, c, b) ^ at(keys, k);
    block[1] = lastRound(b, a, d, c) ^ at(keys, k + 1);
    block[2] = lastRound(c, b, a, d) ^ at(keys, k + 2);
    block[3] = lastRound(d, c, b, a) ^ at(keys, k + 3);
  }
}

const lastRound = (a: number, b: number, c: number, d: number): number =>
  (at(INVERSE_SBOX, a >>> 24) << 24) |
  (at(INVERSE_SBOX, (b >>> 16) & 0xff) << 16) |
  (at(INVERSE_SBOX, (c >>> 8) & 0xff) << 8) |
  at(INVERSE_SBOX, d & 0xff);
