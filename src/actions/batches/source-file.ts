import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { GuardError } from "../../errors.js";

/** Reads a JSON file, at most so much of it. `name` is the parameter that named the file. */
export async function readSource(path: string, name: string, limitBytes: number): Promise<unknown> {
  const text = await readText(path, name, limitBytes);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // The parser's error shows a piece of the file.
    throw invalid(name, `${path} is not JSON`);
  }
}

async function readText(path: string, name: string, limitBytes: number): Promise<string> {
  let file: FileHandle | undefined;
  try {
    // Without blocking: a pipe that nobody writes into would be waited for.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = await file.stat();
    if (!stat.isFile()) throw invalid(name, `${path} is not a file`);
    if (stat.size > limitBytes) throw tooLarge(path, stat.size, limitBytes);
    // It may have grown since it was looked at.
    const buffer = Buffer.alloc(stat.size);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return new TextDecoder("utf-8", { fatal: true }).decode(buffer.subarray(0, bytesRead));
  } catch (cause) {
    if (cause instanceof GuardError) throw cause;
    throw invalid(name, `${path} cannot be read`, cause);
  } finally {
    await file?.close();
  }
}

const invalid = (name: string, why: string, cause?: unknown): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", `${name}: ${why}.`, {
    details: { path: name },
    nextStep: `Name a JSON file of the format that ${name} takes, in UTF-8.`,
    cause,
  });

const tooLarge = (path: string, sizeBytes: number, limitBytes: number): GuardError<"file_too_large"> =>
  new GuardError("file_too_large", `${path} has ${sizeBytes} bytes; at most ${limitBytes} are read.`, {
    details: { sizeBytes, limitBytes },
    nextStep: "Split it into several batches.",
  });
