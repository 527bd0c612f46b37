import { z } from "zod";
import { definedOnly } from "../../defined-only.js";
import { parseInput } from "../../input.js";
import type { Entity } from "../../models/entity.js";
import { toIso } from "../../models/ids.js";
import type { Instant } from "../../read/instant.js";
import { withChat } from "../../read/not-a-member.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import { inputPeer, type Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import { describeChat } from "../describe-proposal.js";
import { inputEntities } from "../markup/input-entities.js";
import type { Formatting } from "../markup/marked-text.js";
import { messageFacts } from "../message-facts.js";
import type { Operation, Prepared, Run } from "../operation.js";
import { messageCost } from "./cost.js";
import { exactText, formatting, sourceText } from "./text.js";
import { findSent, sentMessage, type SentMessage } from "../sent-message.js";
import { scheduleTime } from "../when.js";

export type { SentMessage } from "../sent-message.js";

export interface SendMessageInput {
  readonly chat: ChatRef;
  /** Trimmed; sent exactly so unless `formatting` says that it is marked up. */
  readonly text: string;
  /** How the text is marked up. Absent: not at all, and no sign of it means anything. */
  readonly formatting?: Formatting;
  /** The id of the message it answers. */
  readonly replyTo?: number;
  /** The id of the forum's topic that it goes to. */
  readonly topic?: number;
  /** Without a sound. @defaultValue false */
  readonly silent?: boolean;
  /** When Telegram sends it: ten seconds to a year from now. */
  readonly schedule?: Instant;
  /** Tells apart two messages with the same text that are both meant. */
  readonly idempotencyKey?: string;
}

const schema = z.strictObject({
  chat: z.union([z.string(), z.int()]),
  text: sourceText,
  formatting,
  replyTo: z.int().min(1).exactOptional(),
  topic: z.int().min(1).exactOptional(),
  silent: z.boolean().default(false),
  schedule: scheduleTime.exactOptional(),
  idempotencyKey: z.string().min(1).exactOptional(),
});

/** What is sent, understood and resolved. */
interface Letter {
  readonly text: string;
  readonly entities: readonly Entity[];
  readonly silent: boolean;
  readonly replyTo?: number;
  readonly topic?: number;
  readonly schedule?: number;
}

/** Sends a text to one chat. */
export const sendMessage: Operation<SendMessageInput, SentMessage> = {
  name: "sendMessage",
  async prepare({ telegram, policy }, input, signal): Promise<Prepared<SentMessage>> {
    const { chat, text: source, formatting: marks, idempotencyKey, ...rest } = parseInput(schema, input, "sendMessage");
    const letter = { ...rest, ...exactText(source, marks, policy.maxMessageLength, "sendMessage.text") };
    const peer = await withChat(chat, telegram.peers.resolve(chat, { signal }));
    const { entities, ...plain } = letter;
    const formatted = entities.length === 0 ? {} : { entities: entities.map((entity) => ({ ...entity })) };
    return {
      payload: { operation: "sendMessage", peer: peer.id, ...plain, ...formatted, ...definedOnly({ idempotencyKey }) },
      targets: [peer],
      summary: summaryOf(letter, peer),
      ...(await messageFacts(telegram, peer, letter.text, entities, signal)),
      cost: messageCost(peer, 1, telegram.selfId),
      randomIdCount: 1,
      perform: (run) => perform(telegram, peer, letter, run),
      find: (sinceMs) => findSent(telegram, peer, letter, sinceMs),
    };
  },
};

function summaryOf({ text, silent, replyTo, topic, schedule }: Letter, peer: Peer): string {
  const how = [
    ...(topic === undefined ? [] : [`in topic ${topic}`]),
    ...(replyTo === undefined ? [] : [`in reply to message ${replyTo}`]),
    ...(silent ? ["without a sound"] : []),
    ...(schedule === undefined ? [] : [`at ${toIso(schedule)}`]),
  ];
  return `Send ${text.length} characters to ${[describeChat(peer), ...how].join(", ")}: ${text}`;
}

async function perform(telegram: Telegram, peer: Peer, letter: Letter, run: Run): Promise<SentMessage> {
  const { api, long } = telegram;
  const [randomId = "0"] = run.randomIds;
  const { text, entities, silent, schedule } = letter;
  const request = new api.messages.SendMessage({
    peer: inputPeer(telegram, peer),
    message: text,
    randomId: long(randomId),
    silent,
    noWebpage: true,
    ...replyOf(telegram, letter),
    ...(entities.length === 0 ? {} : { entities: inputEntities(telegram, entities) }),
    ...(schedule === undefined ? {} : { scheduleDate: schedule }),
  });
  // With its random id the message may be sent again: Telegram knows it by that.
  const cost = messageCost(peer, 1, telegram.selfId);
  const updates = await run.write(request, { replay: "safe", chat: String(peer.id), ...cost });
  const sent = sentMessage(updates, peer, randomId);
  return schedule === undefined ? sent : { ...sent, date: toIso(schedule) };
}

/** A message in a topic that answers none answers the one that began the topic (core.telegram.org/api/forum). */
function replyOf({ api }: Telegram, { replyTo, topic }: Letter) {
  const replyToMsgId = replyTo ?? topic;
  if (replyToMsgId === undefined) return {};
  return {
    replyTo: new api.InputReplyToMessage({ replyToMsgId, ...(topic === undefined ? {} : { topMsgId: topic }) }),
  };
}
