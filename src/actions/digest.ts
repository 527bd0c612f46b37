import { createHash, randomBytes } from "node:crypto";

/** What can be written down exactly one way. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** The same value always gives the same text: keys sorted, what is undefined left out. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const fields = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const field = value[key];
      return field === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(field)}`];
    });
  return `{${fields.join(",")}}`;
}

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);

/** SHA-256 of the canonical JSON, in hex: what was approved is what is sent. */
export const digestOf = (payload: Json): string => createHash("sha256").update(canonicalJson(payload)).digest("hex");

/** Approval codes are stored as this alone. Bound to the digest: a code opens nothing but the action it was made for. */
export const approvalKey = (digest: string, code: string): string =>
  createHash("sha256").update(`${digest}:${code.trim().toUpperCase()}`).digest("hex");

/** Letters and digits that nobody mistakes for others (Crockford's base 32). */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Eight characters, 40 bits. */
export const newApprovalCode = (): string =>
  Array.from(randomBytes(8), (byte) => ALPHABET[byte % ALPHABET.length]).join("");

/** A 64-bit number that is not 0, as Telegram wants it for `random_id`. */
export function newRandomId(): string {
  const id = randomBytes(8).readBigInt64LE();
  return id === 0n ? newRandomId() : id.toString();
}
