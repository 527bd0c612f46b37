import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  scryptSync,
  sign,
  verify,
  type KeyObject,
} from "node:crypto";
import { z } from "zod";
import { GuardError } from "../errors.js";
import type { Approval } from "../state/action-state.js";

/**
 * The operator's key: two public keys for everybody (to write to the operator, and to know the operator's signature),
 * and their private halves under the operator's secret. Programs that ask need the public halves alone.
 */
interface OperatorKey {
  readonly salt: string;
  readonly box: string;
  readonly signing: string;
  /** Both private keys, sealed by the secret. */
  readonly sealed: string;
}

const PREFIX = "tgop1.";
const keySchema = z.strictObject({ salt: z.string(), box: z.string(), signing: z.string(), sealed: z.string() });
const privateSchema = z.strictObject({ box: z.string(), signing: z.string() });
/** 128 MB and about half a second for each guess (OWASP's advice for scrypt is 2^16, 8, 2 or 2^17, 8, 1). */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 } as const;

/**
 * Makes a key for this secret: one line of text. Takes about half a second and 128 MB, during which this process does
 * nothing else.
 *
 * @example
 * ```ts
 * import { approvers, newOperatorKey } from "tg-guarded";
 *
 * const approver = approvers.operator({ key: newOperatorKey("a secret that agents do not know") });
 * ```
 */
export function newOperatorKey(secret: string): string {
  const [box, signing] = [generateKeyPairSync("x25519"), generateKeyPairSync("ed25519")];
  const salt = randomBytes(16);
  const privates = JSON.stringify({ box: privateText(box.privateKey), signing: privateText(signing.privateKey) });
  const key: OperatorKey = {
    salt: salt.toString("base64url"),
    box: publicText(box.publicKey),
    signing: publicText(signing.publicKey),
    sealed: encrypt(scryptSync(secret, salt, 32, SCRYPT), privates),
  };
  return PREFIX + Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** @throws {@link GuardError} `input_invalid` */
export function parseOperatorKey(line: string): OperatorKey {
  try {
    if (!line.startsWith(PREFIX)) throw new TypeError("It begins otherwise.");
    return keySchema.parse(JSON.parse(Buffer.from(line.slice(PREFIX.length), "base64url").toString("utf8")));
  } catch (cause) {
    throw new GuardError("input_invalid", "This is not an operator's key.", {
      details: { path: "operatorKey" },
      nextStep: "Make one with: tg-guarded approvals init",
      cause,
    });
  }
}

/** The private halves, for as long as somebody who knows the secret needs them. */
export interface UnlockedKey {
  /** Throws `operator_denied`, with a cause, for what was not sealed for this key. */
  open(sealed: string): string;
  sign(recordKey: string, approval: Pick<Approval, "key" | "before">): string;
}

/** `undefined` when the secret is wrong. */
export function unlockOperatorKey(line: string, secret: string): UnlockedKey | undefined {
  const { salt, sealed } = parseOperatorKey(line);
  const text = decrypt(scryptSync(secret, Buffer.from(salt, "base64url"), 32, SCRYPT), sealed);
  if (text === undefined) return undefined;
  const privates = privateSchema.parse(JSON.parse(text));
  const [box, signing] = [privateKey(privates.box), privateKey(privates.signing)];
  return {
    open: (message) => openWith(box, message),
    sign: (recordKey, approval) => sign(null, statement(recordKey, approval), signing).toString("base64url"),
  };
}

/** What only the operator can read; plain where no operator's secret is set. */
export function sealFor(line: string | undefined, text: string): string {
  if (line === undefined) return text;
  const once = generateKeyPairSync("x25519");
  const shared = sharedKey(once.privateKey, publicKey(parseOperatorKey(line).box));
  return `${publicText(once.publicKey)}.${encrypt(shared, text)}`;
}

function openWith(box: KeyObject, message: string): string {
  const [once = "", sealed = ""] = message.split(".");
  try {
    const text = decrypt(sharedKey(box, publicKey(once)), sealed);
    if (text === undefined) throw new TypeError("It was sealed for another key, or changed.");
    return text;
  } catch (cause) {
    throw new GuardError("operator_denied", "The question cannot be read: it was sealed for another operator's key.", {
      details: {},
      nextStep: "Reject it with: tg-guarded approvals reject",
      cause,
    });
  }
}

/** Whether the operator gave this approval for this very record. Without an operator's secret it cannot be told. */
export function isSignedBy(line: string | undefined, recordKey: string, approval: Approval): boolean {
  if (line === undefined) return true;
  const signing = publicKey(parseOperatorKey(line).signing);
  return verify(null, statement(recordKey, approval), signing, Buffer.from(approval.signature ?? "", "base64url"));
}

const statement = (recordKey: string, { key, before = "" }: Pick<Approval, "key" | "before">): Buffer =>
  Buffer.from(`tg-guarded approves\n${recordKey}\n${key}\n${before}`);

const sharedKey = (mine: KeyObject, theirs: KeyObject): Buffer =>
  Buffer.from(hkdfSync("sha256", diffieHellman({ privateKey: mine, publicKey: theirs }), "", "tg-guarded preview", 32));

function encrypt(key: Buffer, text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
}

/** `undefined` when the key is another one, or the text was changed. */
function decrypt(key: Buffer, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, "base64url");
  const cipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12), { authTagLength: 16 });
  cipher.setAuthTag(bytes.subarray(12, 28));
  try {
    return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}

const publicText = (key: KeyObject): string => key.export({ type: "spki", format: "der" }).toString("base64url");
const privateText = (key: KeyObject): string => key.export({ type: "pkcs8", format: "der" }).toString("base64url");
const publicKey = (text: string): KeyObject =>
  createPublicKey({ key: Buffer.from(text, "base64url"), type: "spki", format: "der" });
const privateKey = (text: string): KeyObject =>
  createPrivateKey({ key: Buffer.from(text, "base64url"), type: "pkcs8", format: "der" });
