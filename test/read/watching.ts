import { memoryStore, type StateStore, type WatchedMessage } from "tg-guarded";
import type { SandboxOptions } from "tg-guarded/testing";
import { openReader, type Reader } from "./reader.js";

export interface Watching extends Reader {
  readonly store: StateStore;
  /** Somebody else writes there; the id of the message. */
  readonly post: (chat: string, text: string, extra?: { readonly unannounced?: true }) => number;
  readonly idOf: (chat: string) => number;
}

export const LAB = "@tidewater_lab";
export const GAZETTE = "@harbour_gazette";
export const FAMILY = "Family 🏡";
export const LIV = "@liv_paints";

/** Who writes in the groups. */
const AUTHORS: Readonly<Record<string, string>> = { [LAB]: "@kenta_nakamura", [FAMILY]: LIV };

/** A client that receives updates, over TCP on a sandbox of its own. */
export async function openWatching(options: SandboxOptions = {}): Promise<Watching> {
  const store = memoryStore();
  const reader = await openReader(options, { store, receiveUpdates: true });
  const { world } = reader.sandbox;
  return {
    ...reader,
    store,
    post: (chat, text, extra) => {
      const from = AUTHORS[chat];
      return world.post(chat, { ...(from === undefined ? {} : { from }), text, ...extra });
    },
    idOf: (chat) => world.chat(chat).id,
  };
}

/** The next so many messages. */
export async function next(watch: AsyncIterable<WatchedMessage>, count: number): Promise<WatchedMessage[]> {
  const found: WatchedMessage[] = [];
  for await (const message of watch) if (found.push(message) === count) return found;
  throw new Error("The watch ended by itself.");
}

export const textsOf = (messages: readonly WatchedMessage[]): readonly string[] => messages.map(({ text }) => text);

/** The texts of each chat, by its id. */
export function textsByChat(messages: readonly WatchedMessage[]): Readonly<Record<number, readonly string[]>> {
  const found: Record<number, string[]> = {};
  for (const { chatId, text } of messages) (found[chatId] ??= []).push(text);
  return found;
}
