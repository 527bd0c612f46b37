import { randomInt } from "node:crypto";

/** Primes of 20 bits: a client factorises their product in a millisecond or two. */
const LOWEST = 2 ** 19;
const HIGHEST = 2 ** 20;

export interface Challenge {
  readonly pq: Buffer;
  readonly isSolvedBy: (p: Uint8Array, q: Uint8Array) => boolean;
}

function isPrime(odd: number): boolean {
  for (let divisor = 3; divisor * divisor <= odd; divisor += 2) if (odd % divisor === 0) return false;
  return true;
}

function randomPrime(): number {
  for (;;) {
    const candidate = randomInt(LOWEST, HIGHEST) | 1;
    if (isPrime(candidate)) return candidate;
  }
}

/** Eight bytes, as Telegram's: GramJS takes a number that fills its bytes for negative and never ends. */
function bigEndian(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

const toNumber = (bytes: Uint8Array): number => Number(`0x0${Buffer.from(bytes).toString("hex")}`);

/** The product that a client has to factorise: core.telegram.org/mtproto/auth_key#2-server-sends-response-of-the-form */
export function createChallenge(): Challenge {
  const first = randomPrime();
  let second = randomPrime();
  while (second === first) second = randomPrime();
  const [p, q] = [Math.min(first, second), Math.max(first, second)];
  return { pq: bigEndian(p * q), isSolvedBy: (a, b) => toNumber(a) === p && toNumber(b) === q };
}
