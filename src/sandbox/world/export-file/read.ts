import type { z } from "zod";
import {
  accountExport,
  chatExport,
  type ExportedChat,
  type ExportedContact,
  type ExportedFrequent,
  type ExportedOwner,
} from "./schema.js";
import { placeOf, WorldFileError } from "./world-file-error.js";

export interface Exported {
  readonly owner?: ExportedOwner | undefined;
  readonly chats: readonly ExportedChat[];
  /** Chats that the owner has left. */
  readonly left: readonly ExportedChat[];
  readonly contacts: readonly ExportedContact[];
  /** With whom the owner has most to do. */
  readonly frequent: readonly ExportedFrequent[];
}

/** @throws {@link WorldFileError} */
export function readExport(file: string, json: unknown): Exported {
  const isAccount =
    typeof json === "object" && json !== null && ("chats" in json || "left_chats" in json || "contacts" in json);
  if (!isAccount) return { chats: [checked(file, chatExport, json)], left: [], contacts: [], frequent: [] };
  const account = checked(file, accountExport, json);
  return {
    owner: account.personal_information,
    chats: account.chats?.list ?? [],
    left: account.left_chats?.list ?? [],
    contacts: account.contacts?.list ?? [],
    frequent: account.frequent_contacts?.list ?? [],
  };
}

function checked<T>(file: string, schema: z.ZodType<T>, json: unknown): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new WorldFileError(file, placeOf(issue?.path ?? []), issue?.message ?? "", { cause: parsed.error });
}
