import { createHash, pbkdf2Sync, randomBytes } from "node:crypto";
import type * as Tl from "../../../src/sandbox/tl/types.js";

const sha256 = (...parts: readonly Uint8Array[]): Buffer => createHash("sha256").update(Buffer.concat(parts)).digest();
const number = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
const padded = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(512, "0"), "hex");

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let square = base % modulus, rest = exponent; rest > 0n; rest >>= 1n, square = (square * square) % modulus) {
    if (rest & 1n) result = (result * square) % modulus;
  }
  return result;
}

/** The client's side of two-step verification, step by step as core.telegram.org/api/srp has it. */
export function proofOf(password: string, asked: Tl.account_password): Tl.inputCheckPasswordSRP {
  const { current_algo: algo, srp_B, srp_id } = asked;
  if (!algo || algo._ === "passwordKdfAlgoUnknown" || !srp_B || srp_id === undefined)
    throw new Error("no password is set");
  const [salt1, salt2, p] = [Buffer.from(algo.salt1), Buffer.from(algo.salt2), number(algo.p)];
  const g = BigInt(algo.g);
  const salted = (data: Uint8Array, salt: Uint8Array): Buffer => sha256(salt, data, salt);
  const once = salted(salted(Buffer.from(password), salt1), salt2);
  const x = number(salted(pbkdf2Sync(once, salt1, 100_000, 64, "sha512"), salt2));
  const k = number(sha256(algo.p, padded(g)));
  const a = number(randomBytes(256));
  const A = padded(power(g, a, p));
  const u = number(sha256(A, padded(number(srp_B))));
  const base = (((number(srp_B) - k * power(g, x, p)) % p) + p) % p;
  const secret = sha256(padded(power(base, a + u * x, p)));
  const [hashOfP, hashOfG] = [sha256(algo.p), sha256(padded(g))];
  const groups = hashOfP.map((byte, place) => byte ^ (hashOfG[place] ?? 0));
  const M1 = sha256(groups, sha256(salt1), sha256(salt2), A, padded(number(srp_B)), secret);
  return { _: "inputCheckPasswordSRP", srp_id, A, M1 };
}
