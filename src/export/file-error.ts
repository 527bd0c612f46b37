import { GuardError } from "../errors.js";

export const fileError = (path: string, cause: unknown): GuardError<"file_error"> =>
  new GuardError("file_error", `${path} cannot be written${cause instanceof Error ? `: ${cause.message}` : ""}.`, {
    details: { path },
    nextStep: "Check that the folder exists, that you may write there, and that the disk has room.",
    cause,
  });

export const fileExists = (path: string): GuardError<"file_exists"> =>
  new GuardError("file_exists", `${path} exists; it was left as it is.`, {
    details: { path },
    nextStep: "Name another file, or move this one away.",
  });

/** Does work on a file; what goes wrong names the file. */
export async function onFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileError(path, error);
  }
}

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOENT";
