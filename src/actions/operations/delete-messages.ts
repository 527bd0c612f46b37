import { z } from "zod";
import { definedOnly } from "../../defined-only.js";
import { parseInput } from "../../input.js";
import type { Message } from "../../models/message.js";
import { inputChannel, isChannel } from "../../read/address.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import type { Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import { describeChat } from "../describe-proposal.js";
import { NothingToDo, type Operation, type Prepared, type Run } from "../operation.js";
import { chatRef, idempotencyKey, messageIds, resolveChat } from "./input.js";
import { contentOf, editedSince, excerptOf, messagesOf } from "./messages.js";

/** What `client.actions.deleteMessages` takes. */
export interface DeleteMessagesInput {
  readonly chat: ChatRef;
  /** 1 to 100 ids. */
  readonly messageIds: readonly number[];
  /** For everybody; false: for oneself alone, which supergroups and channels do not know. @defaultValue true */
  readonly revoke?: boolean;
  /** Tells apart two calls with the same content that are both meant. */
  readonly idempotencyKey?: string;
}

/** Which messages are gone. */
export interface DeletedMessages {
  readonly chatId: number;
  /** All that were named: none of them is there any more. */
  readonly messageIds: readonly number[];
}

const schema = z.strictObject({ chat: chatRef, messageIds, revoke: z.boolean().default(true), idempotencyKey });

/** Deletes messages, for everybody unless told otherwise. What was edited or written under these ids since is not approved. */
export const deleteMessages: Operation<DeleteMessagesInput, DeletedMessages> = {
  name: "deleteMessages",
  async prepare({ telegram }, input, signal): Promise<Prepared<DeletedMessages>> {
    const { chat, messageIds: ids, revoke: asked, ...rest } = parseInput(schema, input, "deleteMessages");
    const peer = await resolveChat(telegram, chat, signal);
    const revoke = asked || isChannel(peer);
    const there = await messagesOf(telegram, peer, ids, signal);
    return {
      payload: { operation: "deleteMessages", peer: peer.id, messageIds: ids, revoke, ...definedOnly(rest) },
      before: there.map(contentOf),
      read: there,
      targets: [{ ...peer, role: "from" }],
      summary: summaryOf(peer, there, revoke),
      warnings: warningsOf(ids, there, asked !== revoke),
      randomIdCount: 0,
      perform: (run) => perform(telegram, peer, { ids, revoke, seen: there }, run),
      find: () => find(telegram, peer, ids),
    };
  },
};

/** So many are shown by their first words. */
const SHOWN = 10;

function summaryOf(peer: Peer, there: readonly Message[], revoke: boolean): string {
  const authors = [...new Set(there.map(({ senderName, fromId }) => senderName ?? String(fromId ?? "the chat")))];
  const words = there.slice(0, SHOWN).map((message) => `${message.id} ${excerptOf(message)}`);
  const more = there.length > SHOWN ? [`and ${there.length - SHOWN} more`] : [];
  const what = there.length === 1 ? "1 message" : `${there.length} messages`;
  const whom = revoke ? "for everybody" : "for this account alone";
  return `Delete ${what} by ${authors.join(", ") || "nobody"} in ${describeChat(peer)}, ${whom}: ${[...words, ...more].join(", ")}`;
}

function warningsOf(ids: readonly number[], there: readonly Message[], forced: boolean): readonly string[] {
  const missing = ids.filter((id) => there.every((message) => message.id !== id));
  const foreign = there.filter(({ isOutgoing }) => !isOutgoing).length;
  return [
    ...(missing.length > 0 ? [`The chat has no message ${missing.join(", ")}.`] : []),
    ...(foreign > 0 ? [`${foreign} of them were written by others.`] : []),
    ...(forced ? ["Here messages can only be deleted for everybody."] : []),
  ];
}

interface Deletion {
  readonly ids: readonly number[];
  readonly revoke: boolean;
  /** As they were read a moment ago: what was approved. */
  readonly seen: readonly Message[];
}

async function perform(
  telegram: Telegram,
  peer: Peer,
  { ids, revoke, seen }: Deletion,
  run: Run,
): Promise<DeletedMessages | NothingToDo> {
  const { api } = telegram;
  const now = await messagesOf(telegram, peer, ids);
  const contents = new Set(seen.map(contentOf));
  const other = now.find((message) => !contents.has(contentOf(message)));
  if (other !== undefined) throw editedSince("deleteMessages.messageIds", other.id);
  const there = now.map(({ id }) => id);
  const deleted = { chatId: peer.id, messageIds: ids };
  if (there.length === 0) return run.resumed ? deleted : new NothingToDo("None of these messages is there.");
  const request = isChannel(peer)
    ? new api.channels.DeleteMessages({ channel: inputChannel(telegram, peer), id: there })
    : new api.messages.DeleteMessages({ id: there, revoke });
  // What is gone cannot be deleted twice: ids are never given again.
  await run.write(request, { replay: "safe", chat: String(peer.id) });
  return deleted;
}

async function find(telegram: Telegram, peer: Peer, ids: readonly number[]): Promise<DeletedMessages | undefined> {
  const there = await messagesOf(telegram, peer, ids);
  return there.length === 0 ? { chatId: peer.id, messageIds: ids } : undefined;
}
