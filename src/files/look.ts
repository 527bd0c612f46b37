import type { BigIntStats } from "node:fs";
import { lstat, mkdir, readlink, realpath, type FileHandle } from "node:fs/promises";
import { onFile } from "./file-errors.js";
import { systemCode } from "../system-error.js";

/** Two names of one file. */
export const isSame = (one: BigIntStats | undefined, other: BigIntStats): boolean =>
  one?.ino === other.ino && one.dev === other.dev;

/** What stands under a path, a link as itself; `undefined` when nothing does. */
export async function lstatOf(path: string): Promise<BigIntStats | undefined> {
  try {
    return await lstat(path, { bigint: true });
  } catch (error) {
    const code = systemCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}

/**
 * Where an open file really is, whatever the names on the way have become since; only Linux tells (proc_pid_fd(5)).
 * Elsewhere two looks at the path have to do, between which somebody very quick could change it twice.
 */
export async function pathOf({ fd }: FileHandle): Promise<string | undefined> {
  try {
    return await readlink(`/proc/self/fd/${fd}`);
  } catch {
    return undefined;
  }
}

const OWNER_ONLY = 0o700;

/** Made by somebody else in the meantime, it is as good. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: OWNER_ONLY });
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
  }
}

/** An allowed folder may itself be reached through links: whoever allowed it chose so. */
export const realRoot = (root: string): Promise<string> =>
  onFile(root, async () => {
    await mkdir(root, { recursive: true, mode: OWNER_ONLY });
    return realpath(root);
  });
