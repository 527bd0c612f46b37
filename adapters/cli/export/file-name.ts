import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { EXTENSIONS, type FormatName, type GuardedClient } from "tg-guarded";

/** The file of a chat in a folder. It is named by the chat's id alone: titles change, and may hold anything. */
export async function fileNameIn(
  client: GuardedClient,
  chat: string,
  folder: string,
  format: FormatName = "jsonl",
): Promise<string> {
  const { id } = await client.read.resolve(chat);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${id}.${EXTENSIONS[format]}`);
}
