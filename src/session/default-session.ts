import { readFileSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { onFile } from "../files/file-errors.js";
import { isMissing } from "../system-error.js";
import { FOLDER_MODE } from "./private-folder.js";
import { faultOfName } from "./session-name.js";
import { writePrivateFile } from "./write-private-file.js";

const fileOf = (dataDir: string): string => join(dataDir, "default-session");

/** The session that is meant where none is named; `undefined` where nobody chose one. */
export function readDefaultSession(dataDir: string): string | undefined {
  try {
    const name = readFileSync(fileOf(dataDir), "utf8").trim();
    return faultOfName(name) === undefined ? name : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** @throws {@link GuardError} `file_error` */
export async function writeDefaultSession(dataDir: string, name: string): Promise<void> {
  // Sessions may lie elsewhere, so that there need not be such a folder yet.
  await onFile(dataDir, () => mkdir(dataDir, { recursive: true, mode: FOLDER_MODE }));
  await writePrivateFile(fileOf(dataDir), `${name}\n`);
}

/** Where the default goes by another name now, or by none. */
export async function moveDefaultSession(dataDir: string, from: string, to?: string): Promise<void> {
  if (readDefaultSession(dataDir) !== from) return;
  await (to === undefined ? rm(fileOf(dataDir), { force: true }) : writeDefaultSession(dataDir, to));
}
