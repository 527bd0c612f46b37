import { z } from "zod";
import { definedOnly } from "../../defined-only.js";
import { parseInput } from "../../input.js";
import { toIso } from "../../models/ids.js";
import type { Instant } from "../../read/instant.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import { inputPeer, type Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import { describeChat } from "../describe-proposal.js";
import { inputEntities } from "../markup/input-entities.js";
import type { Formatting } from "../markup/marked-text.js";
import { messageFacts } from "../message-facts.js";
import type { Operation, Prepared, Run } from "../operation.js";
import { findSent, sentMessage, type SentMessage, type Sought } from "../sent-message.js";
import { latestFor } from "../when.js";
import { messageCost } from "./cost.js";
import { chatRef, idempotencyKey, resolveChat } from "./input.js";
import { describePlacement, placed, placement, type Placement } from "./placement.js";
import { exactText, formatting, sourceText, type ExactText } from "./text.js";

export type { SentMessage } from "../sent-message.js";

/** What `client.actions.sendMessage` takes. */
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

const schema = z.strictObject({ chat: chatRef, text: sourceText, formatting, ...placement, idempotencyKey });

/** What is sent, understood and resolved. */
interface Letter extends ExactText {
  readonly place: Placement;
}

/** Sends a text to one chat. */
export const sendMessage: Operation<SendMessageInput, SentMessage> = {
  name: "sendMessage",
  async prepare({ telegram, policy }, input, signal): Promise<Prepared<SentMessage>> {
    const parsed = parseInput(schema, input, "sendMessage");
    const { chat, text: source, formatting: marks, idempotencyKey: key, ...place } = parsed;
    const letter = { place, ...exactText(source, marks, policy.maxMessageLength, "sendMessage.text") };
    const peer = await resolveChat(telegram, chat, signal);
    const { text, entities } = letter;
    const formatted = entities.length === 0 ? {} : { entities: entities.map((entity) => ({ ...entity })) };
    return {
      payload: {
        operation: "sendMessage",
        peer: peer.id,
        text,
        ...formatted,
        ...place,
        ...definedOnly({ idempotencyKey: key }),
      },
      targets: [peer],
      summary: summaryOf(letter, peer),
      ...(await messageFacts(telegram, peer, text, entities, signal)),
      cost: messageCost(peer, 1, telegram.selfId),
      ...latestFor(place.schedule),
      randomIdCount: 1,
      perform: (run) => perform(telegram, peer, letter, run),
      find: (sinceMs) => findSent(telegram, peer, soughtOf(letter), sinceMs),
    };
  },
};

const summaryOf = ({ text, place }: Letter, peer: Peer): string =>
  `Send ${text.length} characters to ${[describeChat(peer), ...describePlacement(place)].join(", ")}: ${text}`;

async function perform(telegram: Telegram, peer: Peer, letter: Letter, run: Run): Promise<SentMessage> {
  const { api, long } = telegram;
  const [randomId = "0"] = run.randomIds;
  const { text, entities, place } = letter;
  const request = new api.messages.SendMessage({
    peer: inputPeer(telegram, peer),
    message: text,
    randomId: long(randomId),
    noWebpage: true,
    ...placed(telegram, place),
    ...(entities.length === 0 ? {} : { entities: inputEntities(telegram, entities) }),
  });
  // With its random id the message may be sent again: Telegram knows it by that.
  const cost = messageCost(peer, 1, telegram.selfId);
  const updates = await run.write(request, { replay: "safe", chat: String(peer.id), ...cost });
  const sent = sentMessage(updates, peer, randomId);
  return place.schedule === undefined ? sent : { ...sent, date: toIso(place.schedule) };
}

/** A file with such a caption is another message. */
const soughtOf = ({ text, place }: Letter): Sought => ({
  text,
  ...definedOnly({ schedule: place.schedule }),
  holds: (media) => media === undefined || media.className === "MessageMediaWebPage",
});
