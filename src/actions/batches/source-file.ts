import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { GuardError, isGuardError, type ErrorDetails } from "../../errors.js";
import { located, mayTake, type FileAccess } from "../../files/access.js";
import { openToSend, type OpenFile } from "../../files/open-to-send.js";

/** The parameter that names the file, in every method that takes one. */
export const PARAMETER = "path";

/**
 * Reads a JSON file inside of the allowed folders, wherever links lead; relative to the first of them. At most so much of it.
 *
 * @throws GuardError `path_not_allowed`, `input_invalid`, `file_too_large`
 */
export async function readSource(access: FileAccess, path: string, limitBytes: number): Promise<unknown> {
  const text = await readText(access, path, limitBytes);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // The parser's error shows a piece of the file.
    throw invalid(`${path} is not JSON`);
  }
}

async function readText(access: FileAccess, path: string, limitBytes: number): Promise<string> {
  const { handle, sizeBytes } = await openSource(access, path);
  try {
    if (sizeBytes > limitBytes) throw tooLarge(path, sizeBytes, limitBytes);
    // It may have grown since it was looked at.
    const buffer = Buffer.alloc(sizeBytes);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return new TextDecoder("utf-8", { fatal: true }).decode(buffer.subarray(0, bytesRead));
  } catch (cause) {
    if (cause instanceof GuardError) throw cause;
    throw invalid(`${path} cannot be read`, cause);
  } finally {
    await handle.close();
  }
}

/** The rules are those for files to send: what a batch reads its caller learns of by the errors. */
async function openSource(access: FileAccess, path: string): Promise<OpenFile> {
  try {
    return await openToSend(access, path);
  } catch (error) {
    if (isGuardError(error, "file_unavailable")) throw invalid(`${path} ${FAULTS[error.details.reason]}`, error);
    if (isGuardError(error, "path_not_allowed")) throw await outside(access, path, error);
    throw error;
  }
}

const FAULTS: Readonly<Record<ErrorDetails["file_unavailable"]["reason"], string>> = {
  missing: "does not exist",
  unreadable: "cannot be read",
  no_file: "is not a file",
  empty: "is empty",
  changed: "was exchanged while it was read",
};

async function outside(access: FileAccess, path: string, cause: GuardError): Promise<GuardError<"path_not_allowed">> {
  const { roots } = access;
  const given = resolve(roots[0] ?? "", path);
  const real = await realpath(given).catch(() => given);
  const why = mayTake(await located(access), real)
    ? "has a second name elsewhere"
    : "lies outside of the allowed folders, or in one that stays private";
  const lead = real === given ? "" : `${JSON.stringify(given)} leads to `;
  return new GuardError("path_not_allowed", `${PARAMETER}: ${lead}${JSON.stringify(real)} ${why}; it was not read.`, {
    details: { path: real, roots },
    nextStep: `Put the file into ${roots.join(" or ")}. Whether another folder may be read is for a person to decide: \`files: { roots: […] }\`, TG_FILES_ROOTS.`,
    cause,
  });
}

const invalid = (why: string, cause?: unknown): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", `${PARAMETER}: ${why}.`, {
    details: { path: PARAMETER },
    nextStep: "Name a JSON file of the format that the method takes, in UTF-8.",
    cause,
  });

const tooLarge = (path: string, sizeBytes: number, limitBytes: number): GuardError<"file_too_large"> =>
  new GuardError("file_too_large", `${path} has ${sizeBytes} bytes; at most ${limitBytes} are read.`, {
    details: { sizeBytes, limitBytes },
    nextStep: "Split it into several batches.",
  });
