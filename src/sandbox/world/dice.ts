/** Numbers that look random and are the same for the same inputs (the mixing steps of MurmurHash3, by Austin Appleby). */
export function roll(...inputs: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const input of inputs) {
    hash = Math.imul(hash ^ (input | 0) ^ Math.floor(input / 0x1_0000_0000), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

export function pick<T>(list: readonly [T, ...T[]], ...inputs: readonly number[]): T {
  return list[roll(...inputs) % list.length] ?? list[0];
}
