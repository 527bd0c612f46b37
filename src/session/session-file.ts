import { Redacted } from "../redacted.js";
import { sessionInvalid } from "./faults.js";
import { readPrivateFile } from "./private-file.js";
import { makeSessionsFolder } from "./private-folder.js";
import { openKey, sealKey, type SealKey } from "./seal.js";
import { sealKeyFor, type SealOptions } from "./seal-keys.js";
import type { SessionPlace } from "./session-place.js";
import type { SessionHead, SessionRecord } from "./session-record.js";
import { parseSessionString } from "./session-string.js";
import { isSameLock, parseText, writeText, type Written } from "./session-text.js";
import { writePrivateFile } from "./write-private-file.js";

/** How a session lies on the disk: as a string of GramJS or Telethon, as a file of our own, or as one that is encrypted. */
export type SessionForm = "string" | "plain" | "passphrase" | "keyring";

/** A session file that was read but not opened. */
export interface FoundSession {
  readonly form: SessionForm;
  /** Absent for strings, which say nothing about themselves. */
  readonly head: SessionHead | undefined;
  /** What was mended on the way. */
  readonly notices: readonly string[];
  readonly content: Redacted<Written | string>;
}

/** A session that was read and opened. */
export interface ReadSession extends SessionRecord {
  readonly form: SessionForm;
  /** With what it is sealed. */
  readonly seal: SealKey | undefined;
  readonly notices: readonly string[];
}

/**
 * Reads what a session file says of itself. Nothing is decrypted.
 *
 * @throws {@link GuardError} `session_invalid`
 */
export async function findSession(place: SessionPlace): Promise<FoundSession> {
  const { bytes, notices } = await readPrivateFile(place);
  const text = bytes.toString("utf8");
  const written = parseText(text);
  switch (written) {
    case "newer":
      throw sessionInvalid(place.shown, "newer", "was written by a newer version of this program");
    case "damaged":
      throw sessionInvalid(place.shown, "damaged", "is damaged");
    case "foreign":
      assertString(text, place);
      return { form: "string", head: undefined, notices, content: new Redacted(text) };
    default:
      return { form: formOf(written), head: written.head, notices, content: new Redacted(written) };
  }
}

const formOf = (written: Written): SessionForm => ("sealed" in written ? written.sealed.lock.kind : "plain");

function assertString(text: string, { shown }: SessionPlace): void {
  try {
    parseSessionString(text);
  } catch {
    const what = text.startsWith("SQLite format 3\0") ? "is a file of Telethon" : "is not a session file";
    throw sessionInvalid(shown, "damaged", what, {
      nextStep:
        "Import it with `tg-guarded sessions import NAME --file FILE`, bring it back from a copy, or log in again.",
    });
  }
}

/**
 * Reads a session and opens it where it is sealed.
 *
 * @param known a key that opened it before, so that nobody is asked again
 * @throws {@link GuardError} `session_invalid`, `secret_unavailable`
 */
export async function readSession(place: SessionPlace, options: SealOptions, known?: SealKey): Promise<ReadSession> {
  const found = await findSession(place);
  const content = found.content.expose();
  const { form, notices } = found;
  if (typeof content === "string") {
    const key = parseSessionString(content);
    const head = { dcId: key.dcId, createdAt: new Date(0).toISOString() };
    return { form, notices, head, key: new Redacted(key), seal: undefined };
  }
  const { head } = content;
  if ("authKey" in content) {
    const key = { dcId: head.dcId, authKey: Buffer.from(content.authKey, "base64url") };
    return { form, notices, head, key: new Redacted(key), seal: undefined };
  }
  const { lock } = content.sealed;
  const seal =
    known !== undefined && isSameLock(known.lock, lock) ? known : await sealKeyFor(lock, place.shown, options);
  const opened = openKey(content.sealed, head, seal.secret);
  if (opened === "wrong_key")
    throw sessionInvalid(place.shown, "wrong_key", "cannot be decrypted: the passphrase or key is another one");
  if (opened === "tampered") throw sessionInvalid(place.shown, "tampered", "was changed since it was encrypted");
  return { form, notices, head, key: new Redacted({ dcId: head.dcId, authKey: opened.expose() }), seal };
}

/**
 * Writes a session in one step, over whatever session was there. Whoever calls holds the lock for writing.
 *
 * @throws {@link GuardError} `file_error`, `session_invalid` with the reason `insecure`
 */
export async function writeSession(
  place: SessionPlace,
  record: SessionRecord,
  seal: SealKey | undefined,
): Promise<void> {
  await makeSessionsFolder(place);
  const { head, key } = record;
  const authKey = new Redacted(key.expose().authKey);
  const written: Written =
    seal === undefined
      ? { head, authKey: Buffer.from(authKey.expose()).toString("base64url") }
      : { head, sealed: sealKey(authKey, head, seal) };
  await writePrivateFile(place.path, writeText(written));
}
