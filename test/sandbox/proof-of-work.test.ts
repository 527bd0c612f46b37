import { describe, expect, it } from "vitest";
import { createChallenge } from "../../src/sandbox/mtproto/proof-of-work.js";

const bytesOf = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};

function leastFactor(odd: number): number {
  let factor = 3;
  while (factor * factor <= odd && odd % factor !== 0) factor += 2;
  return odd % factor === 0 ? factor : odd;
}

describe("The product that a client has to factorise", () => {
  it("is of primes so unlike that Pollard's rho never meets both at once, neither above 32 bits", () => {
    for (let round = 0; round < 50; round++) {
      const { pq, isSolvedBy } = createChallenge();
      const product = Number(pq.readBigUInt64BE());
      const p = leastFactor(product);
      const q = product / p;
      expect(leastFactor(q)).toBe(q);
      // Rho meets a prime after some √p steps: the greater one takes it 500 times as many.
      expect(Math.sqrt(q) / Math.sqrt(p)).toBeGreaterThan(500);
      expect(q).toBeLessThan(2 ** 32);
      expect(isSolvedBy(bytesOf(p), bytesOf(q))).toBe(true);
      expect([isSolvedBy(bytesOf(1), pq), isSolvedBy(bytesOf(q), bytesOf(p))]).toEqual([false, false]);
    }
  });
});
