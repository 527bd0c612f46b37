import type { GuardedClient } from "tg-guarded";
import { say } from "./paint.js";
import { CHAT } from "./chat.js";

/** A whole chat, page by page, each page through the guards. */
export async function showExport(client: GuardedClient, to: string): Promise<void> {
  say.step("Export a chat");
  const { chat, count, reported, requests } = await client.export.messages(CHAT, { to });
  say.good(`"${chat.title}": ${count} messages of ${reported}, one JSON object a line, in ${requests} requests`);
  const [newest] = await client.read.messages(CHAT, { limit: 1 }).toArray();
  if (newest !== undefined) say.aside(`The newest says: "${newest.text}"`);
}
