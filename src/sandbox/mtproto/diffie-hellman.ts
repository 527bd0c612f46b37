import { createPrivateKey, createPublicKey, diffieHellman, randomBytes } from "node:crypto";
import { derBitString, derInteger, derOctetString, derSequence } from "./der.js";

/** Telegram's own prime (core.telegram.org/mtproto/security_guidelines): clients know it and skip their tests of it. */
export const DH_PRIME = Buffer.from(
  "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f48198a0aa7c14058229493d22530f4dbfa336f6e0ac92513" +
    "9543aed44cce7c3720fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f642477fe96bb2a941d5bcd1d4ac8cc49" +
    "880708fa9b378e3c4f3a9060bee67cf9a4a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754fd17ed950d59" +
    "65b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce9" +
    "29851f0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b",
  "hex",
);
export const DH_GENERATOR = 3;

const BYTES = DH_PRIME.length;
const toNumber = (bytes: Buffer): bigint => BigInt(`0x0${bytes.toString("hex")}`);
const PRIME = toNumber(DH_PRIME);
/** Both halves must keep away from the ends of the range (core.telegram.org/mtproto/auth_key#presenting-proof-of-work). */
const MARGIN = 1n << 1984n;

/** OpenSSL's description of the group: PKCS #3's dhKeyAgreement (1.2.840.113549.1.3.1) over prime and generator. */
const ALGORITHM = derSequence(
  Buffer.from("06092a864886f70d010301", "hex"),
  derSequence(derInteger(DH_PRIME), derInteger(Buffer.of(DH_GENERATOR))),
);

/** The server's half of one key exchange. */
export interface DhExchange {
  readonly publicValue: Buffer;
  /** The authorization key of 256 bytes; undefined when the client's half is out of range. */
  readonly agree: (clientValue: Buffer) => Buffer | undefined;
}

/**
 * Starts an exchange. The keys are written as DER, because `createDiffieHellman` tests the prime anew
 * and takes 350 ms for it.
 */
export function startExchange(): DhExchange {
  const exponent = randomBytes(BYTES);
  exponent[0] = (exponent[0] ?? 0) & 0x7f;
  const privateDer = derSequence(derInteger(Buffer.alloc(1)), ALGORITHM, derOctetString(derInteger(exponent)));
  const privateKey = createPrivateKey({ key: privateDer, format: "der", type: "pkcs8" });
  const raise = (base: Buffer): Buffer => {
    const publicDer = derSequence(ALGORITHM, derBitString(derInteger(base)));
    const publicKey = createPublicKey({ key: publicDer, format: "der", type: "spki" });
    return leftPad(diffieHellman({ privateKey, publicKey }));
  };
  return {
    publicValue: raise(Buffer.of(DH_GENERATOR)),
    agree: (clientValue) => (isInRange(clientValue) ? raise(clientValue) : undefined),
  };
}

function isInRange(value: Buffer): boolean {
  const number = toNumber(value);
  return value.length <= BYTES && number >= MARGIN && number <= PRIME - MARGIN;
}

/** Exactly 256 bytes, whatever zeros lead the number. */
const leftPad = (bytes: Buffer): Buffer => Buffer.concat([Buffer.alloc(BYTES - bytes.length), bytes]);
