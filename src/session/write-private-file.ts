import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { lstat, open, readdir, rename, rm, type FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { onFile } from "../files/file-errors.js";
import { FILE_MODE } from "./private-file.js";

const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
const DRAFT = /^\.(.+)\.[0-9a-f]{16}\.draft$/;
/** A draft lives for milliseconds. One that is so old was left by a writer that was killed. */
const LEFT_BEHIND_MS = 60_000;

/**
 * Gives a file other bytes in one step: whoever reads it finds the old ones or the new ones, whatever breaks in between.
 *
 * @throws {@link GuardError} `file_error`; the old file is then whole
 */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  await removeDrafts(path, LEFT_BEHIND_MS);
  const draft = join(dirname(path), `.${basename(path)}.${randomBytes(8).toString("hex")}.draft`);
  await onFile(path, async () => {
    try {
      await writeDraft(draft, text);
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      throw error;
    }
    await syncFolder(dirname(path));
  });
}

async function writeDraft(draft: string, text: string): Promise<void> {
  const handle = await open(draft, NEW, FILE_MODE);
  try {
    // The umask can only take bits away: one of 0777 would leave a file that nobody can read.
    await handle.chmod(FILE_MODE);
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what killed writers of this file left, if it is at least so old. */
export async function removeDrafts(path: string, ageMs: number): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => DRAFT.exec(each)?.[1] === basename(path))) {
    const draft = join(folder, name);
    const found = await lstat(draft).catch(() => undefined);
    if (found?.isFile() === true && Date.now() - found.mtimeMs >= ageMs) await rm(draft, { force: true });
  }
}

/** So that the new name survives a power cut too; where folders cannot be opened there is no such thing. */
async function syncFolder(path: string): Promise<void> {
  const folder: FileHandle | undefined = await open(path, constants.O_RDONLY).catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
