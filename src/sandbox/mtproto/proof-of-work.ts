import { randomInt } from "node:crypto";

/**
 * Clients look for the factors with Pollard's rho (GramJS, mtcute), and take 1 and the product when it meets both in the same
 * step: with two primes of 20 bits once in a thousand handshakes, which then fail. Of unlike ones the lesser is always
 * met long before, and soon. Both stay below 32 bits, as Telegram's do.
 */
const LESSER: Range = [2 ** 11, 2 ** 12];
const GREATER: Range = [2 ** 30, 2 ** 31];

type Range = readonly [from: number, below: number];

export interface Challenge {
  readonly pq: Buffer;
  readonly isSolvedBy: (p: Uint8Array, q: Uint8Array) => boolean;
}

function isPrime(odd: number): boolean {
  for (let divisor = 3; divisor * divisor <= odd; divisor += 2) if (odd % divisor === 0) return false;
  return true;
}

function randomPrime([from, below]: Range): number {
  for (;;) {
    const candidate = randomInt(from, below) | 1;
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
  const [p, q] = [randomPrime(LESSER), randomPrime(GREATER)];
  return { pq: bigEndian(p * q), isSolvedBy: (a, b) => toNumber(a) === p && toNumber(b) === q };
}
