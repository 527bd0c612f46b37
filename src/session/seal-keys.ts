import { randomBytes, randomUUID, scrypt } from "node:crypto";
import { GuardError, isGuardError } from "../errors.js";
import { Redacted } from "../redacted.js";
import { osKeyRing, type KeyRing } from "../secrets/key-ring.js";
import { sessionInvalid } from "./faults.js";
import type { SealKey } from "./seal.js";
import type { Lock } from "./session-text.js";

/** How sessions are encrypted on the disk. */
export type Encryption = "auto" | "keyring" | "passphrase" | "none";
/** A secret, or what asks for it when it is needed. */
export type PassphraseSource = string | Redacted<string> | (() => Promise<string | Redacted<string>>);

/** Where keys to sealed sessions come from. */
export interface SealOptions {
  /**
   * `keyring`: under a random key that the operating system's key ring keeps. `passphrase`: under one made from it.
   * `auto`: under a passphrase where one is given, else by a key ring where there is one, else not. @defaultValue "auto"
   */
  readonly encryption?: Encryption;
  readonly passphrase?: PassphraseSource;
  /** Another key ring than the operating system's. */
  readonly keyRing?: KeyRing;
}

/** Under this service the keys lie in the key ring. */
const SERVICE = "tg-guarded";
const COST = { logN: 17, r: 8, p: 1 } as const;
const SECRET_BYTES = 32;

/**
 * A new key, as the options want it; `undefined` for none.
 *
 * @throws {@link GuardError} `input_invalid`, `secret_unavailable`
 */
export async function newSealKey(options: SealOptions): Promise<SealKey | undefined> {
  const { encryption = "auto", passphrase } = options;
  switch (encryption) {
    case "none":
      return undefined;
    case "keyring":
      return ringKey(options);
    case "passphrase":
      return passphraseKey(options);
    case "auto":
      return passphrase === undefined ? await ringKeyIfAny(options) : passphraseKey(options);
  }
}

/**
 * The key to a lock that a file names.
 *
 * @throws {@link GuardError} `session_invalid` with `sealed` where nothing is given that could open it; `secret_unavailable`
 */
export async function sealKeyFor(lock: Lock, session: string, options: SealOptions): Promise<SealKey> {
  if (lock.kind === "passphrase") {
    const passphrase = await exposed(options.passphrase);
    if (passphrase === undefined) throw sessionInvalid(session, "sealed", "is encrypted with a passphrase");
    return { lock, secret: await stretched(passphrase, lock) };
  }
  const secret = await ringOf(options).get(SERVICE, accountOf(lock.id));
  const bytes = Buffer.from(secret?.expose() ?? "", "base64url");
  if (bytes.length === SECRET_BYTES) return { lock, secret: new Redacted(bytes) };
  throw sessionInvalid(session, "sealed", "is encrypted, and this user's key ring does not have its key", {
    nextStep: "Use it as the user and on the machine where it was made, or log in here.",
  });
}

/** Forgets a key that no session needs any more. */
export async function forgetSealKey(lock: Lock, options: SealOptions): Promise<void> {
  if (lock.kind === "keyring") await ringOf(options).delete(SERVICE, accountOf(lock.id));
}

const ringOf = ({ keyRing }: SealOptions): KeyRing => keyRing ?? osKeyRing();
const accountOf = (id: string): string => `session-key-${id}`;

async function ringKey(options: SealOptions): Promise<SealKey> {
  const id = randomUUID();
  const secret = randomBytes(SECRET_BYTES);
  await ringOf(options).set(SERVICE, accountOf(id), new Redacted(secret.toString("base64url")));
  return { lock: { kind: "keyring", id }, secret: new Redacted(secret) };
}

async function ringKeyIfAny(options: SealOptions): Promise<SealKey | undefined> {
  try {
    return await ringKey(options);
  } catch (error) {
    if (isGuardError(error, "secret_unavailable")) return undefined;
    throw error;
  }
}

async function passphraseKey(options: SealOptions): Promise<SealKey> {
  const passphrase = await exposed(options.passphrase);
  if (passphrase === undefined) {
    throw new GuardError("input_invalid", "sessions.passphrase: there is none to encrypt with.", {
      details: { path: "sessions.passphrase" },
      nextStep: "Set TG_SESSION_PASSPHRASE or TG_SECRET_CMD_SESSION_PASSPHRASE, or pass `sessions: { passphrase }`.",
    });
  }
  const lock = { kind: "passphrase", salt: randomBytes(16).toString("base64url"), ...COST } as const;
  return { lock, secret: await stretched(passphrase, lock) };
}

async function exposed(source: PassphraseSource | undefined): Promise<Redacted<string> | undefined> {
  const given = typeof source === "function" ? await source() : source;
  const text = given instanceof Redacted ? given.expose() : given;
  return text === undefined || text === "" ? undefined : new Redacted(text);
}

/** The same letters may be typed as different characters: NFKC makes them one. */
function stretched(
  passphrase: Redacted<string>,
  { salt, logN, r, p }: Extract<Lock, { kind: "passphrase" }>,
): Promise<Redacted<Uint8Array>> {
  const [text, N] = [passphrase.expose().normalize("NFKC"), 2 ** logN];
  return new Promise((resolve, reject) => {
    scrypt(text, Buffer.from(salt, "base64url"), SECRET_BYTES, { N, r, p, maxmem: 2 * 128 * N * r }, (error, key) => {
      if (error === null) resolve(new Redacted(key));
      else reject(error);
    });
  });
}
