import { createHash } from "node:crypto";
import { z } from "zod";
import { KEY_BYTES } from "./session-string.js";
import type { SessionHead } from "./session-record.js";

/** What a session file says it is, before anything else. */
const KIND = "tg-guarded session";
const VERSION = 1;

const base64url = (bytes: number): z.ZodString =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}$`));

const AUTH_KEY = base64url(KEY_BYTES);

const head = {
  v: z.literal(VERSION),
  kind: z.literal(KIND),
  dcId: z.int().min(1).max(255),
  account: z
    .strictObject({
      id: z.int().positive(),
      username: z
        .string()
        .regex(/^\w{1,64}$/)
        .exactOptional(),
    })
    .exactOptional(),
  store: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .exactOptional(),
  createdAt: z.iso.datetime(),
};

/**
 * How the key of the encryption is come by. The limits keep a file from asking for all the memory there is: scrypt takes
 * 128 · N · r bytes, here 128 MB to 512 MB.
 */
const lock = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("passphrase"),
    salt: base64url(16),
    logN: z.int().min(17).max(19),
    r: z.literal(8),
    p: z.int().min(1).max(4),
  }),
  z.strictObject({ kind: z.literal("keyring"), id: z.uuid() }),
]);

const sealed = z.strictObject({
  cipher: z.literal("aes-256-gcm"),
  lock,
  /** Tells a wrong key from a changed file. */
  check: base64url(16),
  nonce: base64url(12),
  tag: base64url(16),
  data: AUTH_KEY,
});

const plainFile = z.strictObject({ ...head, authKey: AUTH_KEY, sum: z.string() });
const sealedFile = z.strictObject({ ...head, sealed, sum: z.string() });

export type Lock = z.infer<typeof lock>;
export type Sealed = z.infer<typeof sealed>;
/** What stands in a session file. */
export type Written = { readonly head: SessionHead } & ({ readonly authKey: string } | { readonly sealed: Sealed });

/** Why a text is no session file of ours. */
export type TextFault = "foreign" | "damaged" | "newer";

const begin = ({ dcId, account, store, createdAt }: SessionHead): object => ({
  v: VERSION,
  kind: KIND,
  dcId,
  ...(account === undefined ? {} : { account: { id: account.id, ...withUsername(account.username) } }),
  ...(store === undefined ? {} : { store }),
  createdAt,
});
const withUsername = (username: string | undefined): object => (username === undefined ? {} : { username });

/** The head, byte for byte as it stands in the file: the encryption vouches for it. */
export const headText = (of: SessionHead): string => JSON.stringify(begin(of));

/** One line of JSON, its last field a checksum of the others, so that damage is told from a wrong key. */
export function writeText(written: Written): string {
  const content = {
    ...begin(written.head),
    ...("sealed" in written ? { sealed: inOrder(written.sealed) } : { authKey: written.authKey }),
  };
  return `${JSON.stringify({ ...content, sum: sumOf(content) })}\n`;
}

const inOrder = ({ cipher, lock: by, check, nonce, tag, data }: Sealed): Sealed => ({
  cipher,
  lock: lockInOrder(by),
  check,
  nonce,
  tag,
  data,
});
export const lockInOrder = (by: Lock): Lock =>
  by.kind === "keyring"
    ? { kind: by.kind, id: by.id }
    : { kind: by.kind, salt: by.salt, logN: by.logN, r: by.r, p: by.p };

export const isSameLock = (one: Lock, other: Lock): boolean =>
  JSON.stringify(lockInOrder(one)) === JSON.stringify(lockInOrder(other));

const sumOf = (content: object): string =>
  createHash("sha256").update(JSON.stringify(content)).digest("base64url").slice(0, 22);

/** Reads what {@link writeText} wrote, and nothing that differs from it by a byte; blanks at the end do not count. */
export function parseText(text: string): Written | TextFault {
  const json = parseJson(text);
  if (typeof json !== "object" || json === null || !("kind" in json) || json.kind !== KIND) {
    return text.trimStart().startsWith("{") ? "damaged" : "foreign";
  }
  if ("v" in json && typeof json.v === "number" && json.v > VERSION) return "newer";
  const parsed = z.union([plainFile, sealedFile]).safeParse(json);
  if (!parsed.success) return "damaged";
  const { data } = parsed;
  const { dcId, account, store, createdAt } = data;
  const of: SessionHead = { dcId, createdAt, ...(account && { account }), ...(store === undefined ? {} : { store }) };
  const written: Written = { head: of, ...("sealed" in data ? { sealed: data.sealed } : { authKey: data.authKey }) };
  return writeText(written).trimEnd() === text.trimEnd() ? written : "damaged";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
