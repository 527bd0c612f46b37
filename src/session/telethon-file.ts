import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { chmod, copyFile, lstat, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { onFile } from "../files/file-errors.js";
import { Redacted } from "../redacted.js";
import { sessionInvalid } from "./faults.js";
import { FILE_MODE } from "./private-file.js";
import { FOLDER_MODE } from "./private-folder.js";
import { KEY_BYTES, type SessionKey } from "./session-string.js";

/** A session of Telethon is an SQLite database: telethon/sessions/sqlite.py, tables `version` and `sessions`. */
const MAGIC = Buffer.from("SQLite format 3\0");
/** Telethon's files hold a cache of names, too; past this it is something else. */
const MOST_BYTES = 512 * 1024 * 1024;
/** What belongs to the database while somebody writes into it. Without them the copy would be an older state, or none. */
const COMPANIONS = ["-wal", "-journal"];
const ATTEMPTS = 5;

/** Whether a file is an SQLite database. */
export async function isSqlite(path: string): Promise<boolean> {
  const handle = await open(path, constants.O_RDONLY);
  try {
    const { buffer } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    return buffer.equals(MAGIC);
  } finally {
    await handle.close();
  }
}

/**
 * Reads a session of Telethon out of a private copy: the original is not touched, nor locked.
 *
 * @param folder where the copy may lie for a moment: as private as sessions are
 * @throws {@link GuardError} `session_invalid`, `file_error`
 */
export async function readTelethonFile(path: string, folder: string): Promise<Redacted<SessionKey>> {
  const workFolder = join(folder, `.import-${randomBytes(8).toString("hex")}`);
  return onFile(workFolder, async () => {
    await mkdir(workFolder, { mode: FOLDER_MODE });
    try {
      const copy = join(workFolder, "copy.sqlite");
      await copyWhole(path, copy);
      return await readCopy(copy, basename(path));
    } finally {
      await rm(workFolder, { recursive: true, force: true });
    }
  });
}

const LEFT_BEHIND_MS = 600_000;

/** Removes the copies that imports left behind that were killed. */
export async function removeImports(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => /^\.import-[0-9a-f]{16}$/.test(each))) {
    const found = await lstat(join(folder, name)).catch(() => undefined);
    if (found?.isDirectory() === true && Date.now() - found.mtimeMs >= LEFT_BEHIND_MS) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}

/** Telethon may write meanwhile: the copy counts when nothing changed while it was made. */
async function copyWhole(path: string, copy: string): Promise<void> {
  if ((await stat(path)).size > MOST_BYTES) throw notTelethon(basename(path), "it is too large");
  for (let attempt = 1; ; attempt++) {
    const before = await stateOf(path);
    for (const ending of ["", ...COMPANIONS]) {
      await rm(`${copy}${ending}`, { force: true });
      if (ending === "" || (await exists(`${path}${ending}`))) await copyFile(`${path}${ending}`, `${copy}${ending}`);
    }
    if ((await stateOf(path)) === before) return;
    if (attempt === ATTEMPTS) throw notTelethon(basename(path), "it is being written all the time");
  }
}

async function stateOf(path: string): Promise<string> {
  const states = ["", ...COMPANIONS].map(async (ending) => {
    const found = await stat(`${path}${ending}`, { bigint: true }).catch(() => undefined);
    return `${found?.ino} ${found?.size} ${found?.mtimeNs}`;
  });
  return (await Promise.all(states)).join("\n");
}

const exists = async (path: string): Promise<boolean> => (await lstat(path).catch(() => undefined)) !== undefined;

interface Row {
  readonly dcId: unknown;
  /** In hex; empty for NULL. */
  readonly authKey: unknown;
}

async function readCopy(copy: string, shown: string): Promise<Redacted<SessionKey>> {
  await chmod(copy, FILE_MODE);
  const { default: Database } = await import("libsql");
  let rows: readonly Row[];
  try {
    const database = new Database(copy);
    try {
      rows = database.prepare("SELECT dc_id AS dcId, hex(auth_key) AS authKey FROM sessions").all() as Row[];
    } finally {
      database.close();
    }
  } catch {
    // The error itself may repeat what the file holds.
    throw notTelethon(shown, "it has no readable table `sessions`");
  }
  return keyOf(rows, shown);
}

/** Telethon keeps one row; the key is NULL or empty until the first connection. */
function keyOf(rows: readonly Row[], shown: string): Redacted<SessionKey> {
  const [row, ...others] = rows.filter(({ authKey }) => authKey !== "");
  if (row === undefined) throw notTelethon(shown, "nobody has logged in with it");
  const { dcId, authKey } = row;
  const bytes = Buffer.from(typeof authKey === "string" ? authKey : "", "hex");
  const isDcId = typeof dcId === "number" && Number.isInteger(dcId) && dcId >= 1 && dcId <= 255;
  if (bytes.length !== KEY_BYTES || !isDcId || others.length > 0) {
    throw notTelethon(shown, "its key or data centre does not fit");
  }
  return new Redacted({ dcId, authKey: bytes });
}

const notTelethon = (shown: string, why: string): Error =>
  sessionInvalid(shown, "damaged", `is no session of Telethon that can be used: ${why}`, {
    nextStep: "Check that it is the .session file of a program that was logged in; else log in here.",
  });
