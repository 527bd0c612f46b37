import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { Redacted } from "../redacted.js";
import type { SessionHead } from "./session-record.js";
import { headText, lockInOrder, type Lock, type Sealed } from "./session-text.js";

/** A key that opens a sealed session, and how it is come by. */
export interface SealKey {
  readonly lock: Lock;
  readonly secret: Redacted<Uint8Array>;
}

const CIPHER = "aes-256-gcm";

/** Encrypts the key of a session. Head and lock are vouched for: neither can be changed unnoticed. */
export function sealKey(authKey: Redacted<Uint8Array>, head: SessionHead, { lock, secret }: SealKey): Sealed {
  const nonce = randomBytes(12);
  const check = checkOf(secret);
  const cipher = createCipheriv(CIPHER, cipherKey(secret), nonce).setAAD(vouched(head, lock));
  const data = Buffer.concat([cipher.update(authKey.expose()), cipher.final()]);
  return {
    cipher: CIPHER,
    lock,
    check: check.toString("base64url"),
    nonce: nonce.toString("base64url"),
    tag: cipher.getAuthTag().toString("base64url"),
    data: data.toString("base64url"),
  };
}

/** The key of a session, or why it cannot be had: `wrong_key` for another key, `tampered` when the right one does not fit. */
export function openKey(
  sealed: Sealed,
  head: SessionHead,
  secret: Redacted<Uint8Array>,
): Redacted<Uint8Array> | "wrong_key" | "tampered" {
  const check = Buffer.from(sealed.check, "base64url");
  if (!timingSafeEqual(check, checkOf(secret))) return "wrong_key";
  const decipher = createDecipheriv(CIPHER, cipherKey(secret), Buffer.from(sealed.nonce, "base64url"))
    .setAAD(vouched(head, sealed.lock))
    .setAuthTag(Buffer.from(sealed.tag, "base64url"));
  try {
    return new Redacted(Buffer.concat([decipher.update(Buffer.from(sealed.data, "base64url")), decipher.final()]));
  } catch {
    return "tampered";
  }
}

const vouched = (head: SessionHead, lock: Lock): Buffer =>
  Buffer.from(`${headText(head)}\n${JSON.stringify(lockInOrder(lock))}`);

/** Two keys that tell nothing of each other: one encrypts, a part of the other stands in the file. */
const derived = (secret: Redacted<Uint8Array>, purpose: string, length: number): Buffer =>
  Buffer.from(hkdfSync("sha256", secret.expose(), "", `tg-guarded session ${purpose}`, length));
const cipherKey = (secret: Redacted<Uint8Array>): Buffer => derived(secret, "key", 32);
const checkOf = (secret: Redacted<Uint8Array>): Buffer => derived(secret, "check", 16);
