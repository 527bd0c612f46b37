import { readFile, stat } from "node:fs/promises";
import { GuardError } from "../errors.js";
import { isMissing } from "../system-error.js";
import { Redacted } from "../redacted.js";
import { sessionInvalid, unreadable } from "./faults.js";
import { assertPath } from "./session-place.js";
import { parseText } from "./session-text.js";
import { parseSessionString, type SessionKey } from "./session-string.js";
import { isSqlite, readTelethonFile } from "./telethon-file.js";

/** What sessions are taken over from: a file of Telethon, a file with a string, or the string itself. */
export type ImportSource = { readonly path: string } | { readonly string: string | Redacted<string> };

const MOST_BYTES = 65_536;

/**
 * Reads a session of another program. The file stays as it is, and with the permissions it has.
 *
 * @param folder where a copy may lie for a moment
 * @throws {@link GuardError} `session_invalid`, `file_error`
 */
export async function importKey(source: ImportSource, folder: string): Promise<Redacted<SessionKey>> {
  if ("string" in source) {
    const text = source.string instanceof Redacted ? source.string.expose() : source.string;
    return new Redacted(parseSessionString(text));
  }
  const { path } = source;
  assertPath(path);
  try {
    if (!(await stat(path)).isFile()) throw sessionInvalid(path, "unreadable", "is no file");
    if (await isSqlite(path)) return await readTelethonFile(path, folder);
    if ((await stat(path)).size > MOST_BYTES) throw sessionInvalid(path, "damaged", "is no session: it is too large");
    return fromText(await readFile(path, "utf8"), path);
  } catch (error) {
    if (isMissing(error)) throw sessionInvalid(path, "missing", "cannot be read: there is no such file");
    throw error instanceof GuardError ? error : unreadable(path, error);
  }
}

function fromText(text: string, path: string): Redacted<SessionKey> {
  if (typeof parseText(text) === "object" || text.trimStart().startsWith("{")) {
    throw sessionInvalid(path, "damaged", "is no session of another program", {
      nextStep: "A session file of this program is used by its path, or copied into the sessions folder.",
    });
  }
  try {
    return new Redacted(parseSessionString(text));
  } catch {
    throw sessionInvalid(path, "damaged", "is neither a session of Telethon nor a session string", {
      nextStep: "Check that it is the file of a program that was logged in; else log in here.",
    });
  }
}
