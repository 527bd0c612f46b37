import { z } from "zod";
import { definedOnly } from "../../defined-only.js";
import { parseInput } from "../../input.js";
import type { Message } from "../../models/message.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import { inputPeer } from "../../telegram/peer.js";
import { describeChat } from "../describe-proposal.js";
import { NothingToDo, type Operation, type Prepared } from "../operation.js";
import { chatRef, idempotencyKey, messageId, resolveChat } from "./input.js";
import { contentOf, excerptOf, messageOf, messagesOf } from "./messages.js";
import { unlessHolds } from "./state-holds.js";

/** What `client.actions.react` takes. */
export interface ReactInput {
  readonly chat: ChatRef;
  readonly messageId: number;
  /** One of those that Telegram offers, as itself: `👍`. `null` takes the reaction back. */
  readonly emoji: string | null;
  /** Tells apart two calls with the same content that are both meant. */
  readonly idempotencyKey?: string;
}

/** The message, and what this account has said to it. */
export interface Reacted {
  readonly chatId: number;
  readonly messageId: number;
  readonly emoji: string | null;
}

/** An emoji of several parts is longer than it looks. */
const LONGEST_EMOJI = 32;

const schema = z.strictObject({
  chat: chatRef,
  messageId,
  emoji: z.string().trim().min(1).max(LONGEST_EMOJI).nullable(),
  idempotencyKey,
});

/** Gives a message one reaction in place of what it had from this account. */
export const react: Operation<ReactInput, Reacted> = {
  name: "react",
  async prepare({ telegram }, input, signal): Promise<Prepared<Reacted>> {
    const { chat, messageId: id, emoji, ...rest } = parseInput(schema, input, "react");
    const peer = await resolveChat(telegram, chat, signal);
    const message = await messageOf(telegram, peer, id, signal);
    const reacted = { chatId: peer.id, messageId: id, emoji };
    const what = emoji === null ? "Take back the reaction to" : `React with ${emoji} to`;
    return {
      payload: { operation: "react", peer: peer.id, messageId: id, emoji, ...definedOnly(rest) },
      before: contentOf(message),
      targets: [peer],
      summary: `${what} message ${id} in ${describeChat(peer)}: ${excerptOf(message)}`,
      warnings: [],
      randomIdCount: 0,
      async perform(run) {
        const { api } = telegram;
        const reaction = emoji === null ? [] : [new api.ReactionEmoji({ emoticon: emoji })];
        const request = new api.messages.SendReaction({ peer: inputPeer(telegram, peer), msgId: id, reaction });
        // The same reaction twice is one.
        const work = run.write(request, { replay: "safe", chat: String(peer.id) });
        const answer = await unlessHolds(work, "MESSAGE_NOT_MODIFIED", "It has this reaction already.");
        return answer instanceof NothingToDo ? answer : reacted;
      },
      async find() {
        const [now] = await messagesOf(telegram, peer, [id]);
        return now !== undefined && has(now, emoji) ? reacted : undefined;
      },
      holds: () => Promise.resolve(has(message, emoji)),
    };
  },
};

function has({ reactions = [] }: Message, emoji: string | null): boolean {
  const own = reactions.filter(({ isChosen }) => isChosen);
  return emoji === null ? own.length === 0 : own.some((reaction) => reaction.emoji === emoji);
}
