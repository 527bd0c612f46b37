import { readFileSync } from "node:fs";
import type { z } from "zod";
import { accountExport, chatExport, type ExportedChat, type ExportedOwner } from "./schema.js";
import { placeOf, WorldFileError } from "./world-file-error.js";

export interface Exported {
  readonly owner?: ExportedOwner | undefined;
  readonly chats: readonly ExportedChat[];
}

/** @throws {@link WorldFileError} */
export function readExport(file: string): Exported {
  const json = readJson(file);
  if (typeof json !== "object" || json === null || !("chats" in json)) {
    return { chats: [checked(file, chatExport, json)] };
  }
  const account = checked(file, accountExport, json);
  return { owner: account.personal_information, chats: account.chats.list };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const expected = cause instanceof SyntaxError ? `not JSON: ${cause.message}` : "the file cannot be read";
    throw new WorldFileError(file, "", expected, { cause });
  }
}

function checked<T>(file: string, schema: z.ZodType<T>, json: unknown): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new WorldFileError(file, placeOf(issue?.path ?? []), issue?.message ?? "", { cause: parsed.error });
}
