import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { GuardedClient } from "tg-guarded";
import type { MessageFormat } from "./options.js";

const EXTENSIONS: Readonly<Record<MessageFormat, string>> = {
  jsonl: "jsonl",
  json: "json",
  csv: "csv",
  "telegram-desktop": "json",
  markdown: "md",
};

/** The file of a chat in a folder. It is named by the chat's id alone: titles change, and may hold anything. */
export async function fileNameIn(
  client: GuardedClient,
  chat: string,
  folder: string,
  format: MessageFormat = "jsonl",
): Promise<string> {
  const { id } = await client.read.resolve(chat);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${id}.${EXTENSIONS[format]}`);
}
