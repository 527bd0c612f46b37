import { readFile, rm } from "node:fs/promises";
import { z } from "zod";
import { onFile } from "../files/file-errors.js";
import { isMissing } from "../system-error.js";
import { writeWhole } from "./whole-file.js";

/** Reads a small JSON file beside an export; `undefined` when there is none, or when it is not what it should be. */
export async function readRecord<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const text = await onFile(path, async () => {
    try {
      return await readFile(path, "utf8");
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  });
  if (text === undefined) return undefined;
  const parsed = z.string().transform(parseJson).pipe(schema).safeParse(text);
  return parsed.data;
}

const parseJson = (text: string, context: z.RefinementCtx): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue("is not JSON");
    return z.NEVER;
  }
};

export const writeRecord = (path: string, record: object): Promise<void> =>
  writeWhole(path, `${JSON.stringify(record, null, 2)}\n`, { lasting: false });

export const removeRecord = (path: string): Promise<void> => onFile(path, () => rm(path, { force: true }));
