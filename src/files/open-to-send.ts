import { open, realpath, type FileHandle } from "node:fs/promises";
import { resolve } from "node:path";
import { GuardError } from "../errors.js";
import { located, mayTake, named, type FileAccess } from "./access.js";
import { fileUnavailable, notSendable } from "./file-errors.js";
import { isMissing, systemCode } from "../system-error.js";
import { isSame, lstatOf, pathOf } from "./look.js";
import { READ_PLAIN } from "./open-flags.js";

/** A file that may be sent, open for reading. */
export interface OpenFile {
  /** Where it really is. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly handle: FileHandle;
}

/**
 * Opens a file inside of the allowed folders, wherever links lead; relative to the first of them. Whoever calls closes it.
 *
 * @throws {@link GuardError} `path_not_allowed`, `file_unavailable`
 */
export async function openToSend(access: FileAccess, path: string): Promise<OpenFile> {
  const given = resolve(access.roots[0] ?? "", path);
  const places = await located(access);
  const real = await realpath(given).catch((error: unknown) => {
    // Whether there is such a file is told of allowed folders alone.
    const isInside = mayTake(named(access), given) || mayTake(places, given);
    throw isInside ? unreadable(given, error) : outside(given, access);
  });
  if (!mayTake(places, real)) throw outside(given, access);
  try {
    return await openReal(real, access);
  } catch (error) {
    throw error instanceof GuardError ? error : unreadable(given, error);
  }
}

async function openReal(real: string, access: FileAccess): Promise<OpenFile> {
  // Looked at before it is opened: a device may act when somebody opens it.
  if ((await lstatOf(real))?.isFile() === false) throw noFile(real);
  const handle = await open(real, READ_PLAIN);
  try {
    return { path: real, sizeBytes: await sizeOf(handle, real, access), handle };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Names can be exchanged for links at any moment, so it is what was opened that is looked at. */
async function sizeOf(handle: FileHandle, real: string, access: FileAccess): Promise<number> {
  const opened = await handle.stat({ bigint: true });
  if (!opened.isFile()) throw noFile(real);
  const now = await pathOf(handle);
  const isThere = isSame(await lstatOf(real), opened) && (await realpath(real)) === real;
  if (!isThere || (now !== undefined && now !== real)) throw fileUnavailable(real, "changed", "it was exchanged");
  // That other name may be the one of a session.
  if (opened.nlink > 1n) throw notSendable(real, "the file has a second name elsewhere", access.roots);
  if (opened.size === 0n) throw fileUnavailable(real, "empty", "it is empty");
  return Number(opened.size);
}

const outside = (path: string, { roots }: FileAccess): Error =>
  notSendable(path, "it lies outside of the allowed folders, or in one that stays private", roots);

const noFile = (path: string): Error => fileUnavailable(path, "no_file", "it is no regular file");

const unreadable = (path: string, error: unknown): Error =>
  isMissing(error) || systemCode(error) === "ENOTDIR"
    ? fileUnavailable(path, "missing", "there is no such file (any more)", error)
    : fileUnavailable(path, "unreadable", error instanceof Error ? error.message : "it cannot be read", error);
