import { GuardError, type ErrorDetails } from "../errors.js";
import { systemCode } from "../system-error.js";

export const fileExists = (path: string): GuardError<"file_exists"> =>
  new GuardError("file_exists", `${JSON.stringify(path)} exists; it was left as it is.`, {
    details: { path },
    nextStep: "Name another file, or move this one away.",
  });

export const notAllowed = (path: string, why: string, roots: readonly string[]): GuardError<"path_not_allowed"> =>
  new GuardError("path_not_allowed", `Nothing may be written to ${JSON.stringify(path)}: ${why}.`, {
    details: { path, roots },
    nextStep: `Name a place inside ${roots.join(" or ")}, with no symbolic link on the way, or let a person allow another folder: \`files: { roots: […] }\`, TG_FILES_ROOTS.`,
  });

export const fileError = (path: string, cause: unknown): GuardError<"file_error"> =>
  new GuardError("file_error", `${JSON.stringify(path)} cannot be written${reasonOf(cause)}.`, {
    details: { path },
    nextStep: "Check that the folder exists, that you may write there, and that the disk has room.",
    cause,
  });

/** What the system says, without the path that it adds. */
const reasonOf = (cause: unknown): string =>
  cause instanceof Error && systemCode(cause) !== undefined ? `: ${cause.message.replace(/,.*$/su, "")}` : "";

export const notSendable = (path: string, why: string, roots: readonly string[]): GuardError<"path_not_allowed"> =>
  new GuardError("path_not_allowed", `${JSON.stringify(path)} may not be sent: ${why}.`, {
    details: { path, roots },
    nextStep: `Name a file inside ${roots.join(" or ")}. Whether this one may be sent is for a person to decide: \`files: { roots: […] }\`, TG_FILES_ROOTS.`,
  });

type Fault = ErrorDetails["file_unavailable"]["reason"];

const REMEDIES: Readonly<Record<Fault, string>> = {
  missing: "Check the path; a file that is gone has to be brought back before it can be sent.",
  unreadable: "Check that you may read the file.",
  no_file: "Name a regular file; pack a folder into an archive first.",
  empty: "Telegram takes no empty files. Name another.",
  changed: "Preview the action again: it shows what the file holds now.",
};

export const fileUnavailable = (
  path: string,
  reason: Fault,
  why: string,
  cause?: unknown,
): GuardError<"file_unavailable"> =>
  new GuardError("file_unavailable", `${JSON.stringify(path)} cannot be sent: ${why}. Nothing was sent.`, {
    details: { path, reason },
    nextStep: REMEDIES[reason],
    cause,
  });

/** It is no more what it was when somebody looked at it. */
export const changed = (path: string): GuardError<"file_unavailable"> =>
  fileUnavailable(path, "changed", "it changed since the preview, or while it was read");

export const fileTooLarge = (path: string, sizeBytes: number, limitBytes: number): GuardError<"file_too_large"> =>
  new GuardError(
    "file_too_large",
    `${JSON.stringify(path)} has ${sizeBytes} bytes; ${limitBytes} are allowed. Nothing was sent.`,
    {
      details: { sizeBytes, limitBytes },
      nextStep:
        "Send a smaller file, or let a person raise the limit: `actions: { maxFileMb }`, TG_ACTIONS_MAX_FILE_MB.",
    },
  );

/** Does work on a file; what the system refuses names the file. */
export async function onFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof GuardError ? error : fileError(path, error);
  }
}
