import { open, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { GuardError } from "../errors.js";

/** A file that gets its name only when it is complete. */
export interface ExportTarget {
  write(text: string): Promise<void>;
  finish(): Promise<void>;
  /** Removes what was written: a part is no export. */
  abandon(): Promise<void>;
}

/** Other users of the machine have no business in somebody's messages. */
const OWNER_ONLY = 0o600;

/** @throws {@link GuardError} `file_exists`, `file_error` */
export async function createTarget(path: string): Promise<ExportTarget> {
  if (await exists(path)) {
    throw new GuardError("file_exists", `${path} exists; it was left as it is.`, {
      details: { path },
      nextStep: "Name another file, or move this one away.",
    });
  }
  const part = `${path}.part`;
  const file = await guarded(path, () => open(part, "w", OWNER_ONLY));
  return {
    write: (text) => guarded(path, () => writeAll(file, text)),
    finish: () =>
      guarded(path, async () => {
        await file.sync();
        await file.close();
        await rename(part, path);
      }),
    abandon: () =>
      guarded(path, async () => {
        await file.close();
        await rm(part, { force: true });
      }),
  };
}

async function writeAll(file: FileHandle, text: string): Promise<void> {
  if (text !== "") await file.appendFile(text);
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw fileError(path, error);
  }
}

async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileError(path, error);
  }
}

const fileError = (path: string, cause: unknown): GuardError<"file_error"> =>
  new GuardError("file_error", `${path} cannot be written${cause instanceof Error ? `: ${cause.message}` : ""}.`, {
    details: { path },
    nextStep: "Check that the folder exists, that you may write there, and that the disk has room.",
    cause,
  });
