import type { Chat } from "../models/chat.js";
import type { Telegram } from "../telegram/telegram.js";

/** The account itself, as a person is shown it. One request for each store, where the session was known from before. */
export async function sendingAccount(telegram: Telegram, signal: AbortSignal): Promise<Chat> {
  const { id, kind, title, username } = await telegram.peers.resolve("me", { signal });
  await telegram.peers.keep([id]);
  return { id, kind, title, ...(username === undefined ? {} : { username }) };
}
