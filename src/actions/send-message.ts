import type { Api } from "telegram";
import { z } from "zod";
import { parseInput } from "../input.js";
import { markedId, toIso } from "../models/ids.js";
import { withChat } from "../read/not-a-member.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import { inputPeer, type Peer } from "../telegram/peer.js";
import type { Telegram } from "../telegram/telegram.js";
import type { Operation, Prepared, Run } from "./operation.js";

export interface SendMessageInput {
  readonly chat: ChatRef;
  /** Trimmed; sent exactly so, without any markup. */
  readonly text: string;
  /** Without a sound. @defaultValue false */
  readonly silent?: boolean;
  /** Tells apart two messages with the same text that are both meant. */
  readonly idempotencyKey?: string;
}

export interface SentMessage {
  readonly chatId: number;
  readonly messageId: number;
  /** ISO time by Telegram's clock. */
  readonly date: string;
}

const schema = (maxLength: number) =>
  z.strictObject({
    chat: z.union([z.string(), z.int()]),
    text: z.string().trim().min(1, "is empty").max(maxLength, `is longer than ${maxLength} characters`),
    silent: z.boolean().default(false),
    idempotencyKey: z.string().min(1).exactOptional(),
  });

/** Sends a text to one chat. */
export const sendMessage: Operation<SendMessageInput, SentMessage> = {
  name: "sendMessage",
  async prepare({ telegram, policy }, input, signal): Promise<Prepared<SentMessage>> {
    const { chat, ...message } = parseInput(schema(policy.maxMessageLength), input, "sendMessage");
    const peer = await withChat(chat, telegram.peers.resolve(chat, { signal }));
    const { text, silent } = message;
    const cost = costOf(peer, telegram.selfId);
    return {
      payload: { operation: "sendMessage", peer: peer.id, ...message },
      targets: [peer],
      summary: `Send ${text.length} characters to ${describe(peer)}${silent ? ", without a sound" : ""}: ${text}`,
      warnings: [],
      cost,
      randomIdCount: 1,
      perform: (run) => perform(telegram, peer, message, run),
      find: (sinceMs) => find(telegram, peer, text, sinceMs),
    };
  },
};

const describe = ({ kind, title, id, username }: Peer): string =>
  `${kind} "${title}" (${username === undefined ? id : `@${username}, ${id}`})`;

/** By the peer that it really goes to; notes to oneself cost nothing. */
function costOf({ kind, id }: Peer, selfId: number | undefined): Prepared<SentMessage>["cost"] {
  return id === selfId ? undefined : { quota: kind === "user" ? "dm" : "group_msg", units: 1 };
}

interface Text {
  readonly text: string;
  readonly silent: boolean;
}

async function perform(telegram: Telegram, peer: Peer, { text, silent }: Text, run: Run): Promise<SentMessage> {
  const { api, long } = telegram;
  const [randomId = "0"] = run.randomIds;
  const request = new api.messages.SendMessage({
    peer: inputPeer(telegram, peer),
    message: text,
    randomId: long(randomId),
    silent,
    noWebpage: true,
  });
  // With its random id the message may be sent again: Telegram knows it by that.
  const cost = costOf(peer, telegram.selfId);
  const updates = await run.write(request, { replay: "safe", chat: String(peer.id), ...cost });
  return sentMessage(updates, peer, randomId);
}

/** Telegram answers a private text in short form, everything else with updates that name the new id. */
function sentMessage(updates: Api.TypeUpdates, peer: Peer, randomId: string): SentMessage {
  if (updates.className === "UpdateShortSentMessage") {
    return { chatId: peer.id, messageId: updates.id, date: toIso(updates.date) };
  }
  if (updates.className !== "Updates" && updates.className !== "UpdatesCombined") {
    throw new TypeError(`Telegram answered a send with ${updates.className}.`);
  }
  const named = updates.updates.find(
    (update): update is Api.UpdateMessageID =>
      update.className === "UpdateMessageID" && update.randomId?.toString() === randomId,
  );
  if (named === undefined) throw new TypeError("Telegram answered a send without the id of the message.");
  return { chatId: peer.id, messageId: named.id, date: toIso(updates.date) };
}

/** Telegram's clock and ours may differ by so much. */
const CLOCK_SLACK_MS = 300_000;

/** Looks for the message among the newest of the chat: ours, with the same text, not older than the first attempt. */
async function find(telegram: Telegram, peer: Peer, text: string, sinceMs: number): Promise<SentMessage | undefined> {
  const { api, long } = telegram;
  const window = { offsetId: 0, offsetDate: 0, addOffset: 0, limit: 100, maxId: 0, minId: 0, hash: long(0) };
  const answer = await telegram.invoke(new api.messages.GetHistory({ peer: inputPeer(telegram, peer), ...window }));
  if (answer.className === "messages.MessagesNotModified") return undefined;
  for (const message of answer.messages) {
    if (message.className !== "Message" || !message.out || message.message !== text) continue;
    if (message.date * 1000 < Date.now() - sinceMs - CLOCK_SLACK_MS) continue;
    return { chatId: markedId(message.peerId), messageId: message.id, date: toIso(message.date) };
  }
  return undefined;
}
