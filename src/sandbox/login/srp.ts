import { pbkdf2Sync, randomBytes, timingSafeEqual } from "node:crypto";
import { DH_GENERATOR, DH_PRIME, startExchange } from "../mtproto/diffie-hellman.js";
import { sha256, xor } from "../mtproto/hashes.js";

const BYTES = DH_PRIME.length;
const ITERATIONS = 100_000;

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x0${Buffer.from(bytes).toString("hex")}`);
const toBytes = (number: bigint): Buffer => Buffer.from(number.toString(16).padStart(2 * BYTES, "0"), "hex");

const PRIME = toNumber(DH_PRIME);
const GENERATOR = toBytes(BigInt(DH_GENERATOR));
/** core.telegram.org/api/srp: k = H(p | g) */
const MULTIPLIER = toNumber(sha256(DH_PRIME, GENERATOR));

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base % PRIME, rest = exponent; rest > 0n; rest >>= 1n, square = (square * square) % PRIME) {
    if (rest & 1n) result = (result * square) % PRIME;
  }
  return result;
}

const salted = (data: Uint8Array, salt: Buffer): Buffer => sha256(salt, Buffer.from(data), salt);

/** What the server keeps of a password: salts, and g to the power of its hash (core.telegram.org/api/srp). */
export class Verifier {
  readonly salt1 = randomBytes(40);
  readonly salt2 = randomBytes(16);
  readonly value: bigint;

  constructor(readonly password: string) {
    const { salt1, salt2 } = this;
    const once = salted(salted(Buffer.from(password), salt1), salt2);
    const stretched = pbkdf2Sync(once, salt1, ITERATIONS, 64, "sha512");
    this.value = power(BigInt(DH_GENERATOR), toNumber(salted(stretched, salt2)));
  }
}

/** One check of a password: the server's half, and the test of the client's. */
export class SrpExchange {
  /** srp_B */
  readonly publicValue: Buffer;
  readonly #half = startExchange();

  constructor(readonly verifier: Verifier) {
    this.publicValue = toBytes((MULTIPLIER * verifier.value + toNumber(this.#half.publicValue)) % PRIME);
  }

  /** Whether the client knows the password; undefined when its half is out of range. */
  proves(clientValue: Uint8Array, proof: Uint8Array): boolean | undefined {
    const number = toNumber(clientValue);
    if (clientValue.length > BYTES || number <= 1n || number >= PRIME - 1n) return undefined;
    const { verifier, publicValue } = this;
    const a = toBytes(number);
    const scrambler = toNumber(sha256(a, publicValue));
    const shared = this.#half.agree(toBytes((number * power(verifier.value, scrambler)) % PRIME));
    if (shared === undefined) return undefined;
    const groups = xor(sha256(DH_PRIME), sha256(GENERATOR));
    const salts = Buffer.concat([sha256(verifier.salt1), sha256(verifier.salt2)]);
    const expected = sha256(groups, salts, a, publicValue, sha256(shared));
    return proof.length === expected.length && timingSafeEqual(expected, proof);
  }
}
