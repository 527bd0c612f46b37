import { createPrivateKey, generatePrime, type KeyObject } from "node:crypto";

/** 2^16 + 1, as everywhere. */
const EXPONENT = 65_537n;
const FRESH_BITS = 512;

/**
 * The larger prime of every key, 1536 bits. To find such a prime takes a third of a second, which most tests would spend
 * on nothing else. Whoever knows it can find the other one: the key tells one sandbox from another, and guards no secret.
 */
const LARGE = BigInt(
  "0xe065ad37bb2c0021f00a491eb8933d9ccb114e496a013f10c1393b1901532e90cee9593259a832a2ba9ad918b60be2bb" +
    "135c5d0c79db18ae31495ac286052b9866e5957298474285455b99167e8f465d79a07f0d36de2edb7ea03237d91f6e63" +
    "e7f9c591276734d1ac0c35be97e085e2cb73347131223628febf54ed18612e04482f4f7ef2d21265d572e17e715674af" +
    "5a87e300165721abbf4bc8240d33a40a50f58d0710951fff43a41a2a2bce9bbb272a8148fc5bbb39501885c7e5c0026d",
);

/** A private RSA key of 2048 bits that nobody had before. For a server on the loopback interface, and nothing else. */
export async function quickRsaKey(): Promise<KeyObject> {
  const fresh = await freshPrime();
  const d = inverse(EXPONENT, (LARGE - 1n) * (fresh - 1n));
  const parts = {
    n: LARGE * fresh,
    e: EXPONENT,
    d,
    p: LARGE,
    q: fresh,
    dp: d % (LARGE - 1n),
    dq: d % (fresh - 1n),
    qi: inverse(fresh, LARGE),
  };
  const texts = Object.entries(parts).map(([name, number]) => [name, base64url(number)] as const);
  return createPrivateKey({ key: { kty: "RSA", ...Object.fromEntries<string>(texts) }, format: "jwk" });
}

/** Its two highest bits are set, as those of the large one are, so that the product has 2048 bits. */
function freshPrime(): Promise<bigint> {
  return new Promise((resolve, reject) => {
    generatePrime(FRESH_BITS, { bigint: true }, (error, prime) => {
      if (error instanceof Error) reject(error);
      else resolve(prime % EXPONENT === 1n ? freshPrime() : prime);
    });
  });
}

/** By Euclid: the number that gives 1 when it is multiplied with this one. The two have no common divisor. */
function inverse(number: bigint, modulus: bigint): bigint {
  let [rest, divisor, of, next] = [number % modulus, modulus, 1n, 0n];
  while (divisor !== 0n) {
    const times = rest / divisor;
    [rest, divisor] = [divisor, rest - times * divisor];
    [of, next] = [next, of - times * next];
  }
  return ((of % modulus) + modulus) % modulus;
}

function base64url(number: bigint): string {
  const digits = number.toString(16);
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex").toString("base64url");
}
