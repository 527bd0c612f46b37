import { GuardError } from "../errors.js";

export const fileExists = (path: string): GuardError<"file_exists"> =>
  new GuardError("file_exists", `${path} exists; it was left as it is.`, {
    details: { path },
    nextStep: "Name another file, or move this one away.",
  });

export const notAllowed = (path: string, why: string, roots: readonly string[]): GuardError<"path_not_allowed"> =>
  new GuardError("path_not_allowed", `Nothing may be written to ${JSON.stringify(path)}: ${why}.`, {
    details: { path, roots },
    nextStep: `Name a place inside ${roots.join(" or ")}, with no symbolic link on the way, or let a person allow another folder: \`files: { roots: […] }\`, TG_FILES_ROOTS.`,
  });

export const fileError = (path: string, cause: unknown): GuardError<"file_error"> =>
  new GuardError("file_error", `${path} cannot be written${cause instanceof Error ? `: ${cause.message}` : ""}.`, {
    details: { path },
    nextStep: "Check that the folder exists, that you may write there, and that the disk has room.",
    cause,
  });

/** Does work on a file; what the system refuses names the file. */
export async function onFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof GuardError ? error : fileError(path, error);
  }
}

/** Node's own name of what the system refused: `ENOENT`. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

export const isMissing = (error: unknown): boolean => systemCode(error) === "ENOENT";
