import { z } from "zod";
import { definedOnly } from "../../defined-only.js";
import { parseInput } from "../../input.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import { inputPeer } from "../../telegram/peer.js";
import { describeChat } from "../describe-proposal.js";
import { NothingToDo, type Operation, type Prepared } from "../operation.js";
import { chatRef, idempotencyKey, messageId, resolveChat } from "./input.js";
import { contentOf, excerptOf, messageOf, messagesOf } from "./messages.js";
import { unlessHolds } from "./state-holds.js";

/** What `client.actions.pinMessage` takes. */
export interface PinMessageInput {
  readonly chat: ChatRef;
  readonly messageId: number;
  /** Without telling the members. @defaultValue false */
  readonly silent?: boolean;
  /** Takes the pin away. @defaultValue false */
  readonly unpin?: boolean;
  /** Tells apart two calls with the same content that are both meant. */
  readonly idempotencyKey?: string;
}

/** The message that is pinned now, or no more. */
export interface PinnedMessage {
  readonly chatId: number;
  readonly messageId: number;
  readonly isPinned: boolean;
}

const schema = z.strictObject({
  chat: chatRef,
  messageId,
  silent: z.boolean().default(false),
  unpin: z.boolean().default(false),
  idempotencyKey,
});

/** Pins a message for everybody, or takes the pin away. */
export const pinMessage: Operation<PinMessageInput, PinnedMessage> = {
  name: "pinMessage",
  async prepare({ telegram }, input, signal): Promise<Prepared<PinnedMessage>> {
    const { chat, messageId: id, silent, unpin, ...rest } = parseInput(schema, input, "pinMessage");
    const peer = await resolveChat(telegram, chat, signal);
    const message = await messageOf(telegram, peer, id, signal);
    const pinned = { chatId: peer.id, messageId: id, isPinned: !unpin };
    return {
      payload: { operation: "pinMessage", peer: peer.id, messageId: id, silent, unpin, ...definedOnly(rest) },
      before: contentOf(message),
      targets: [peer],
      summary: `${unpin ? "Unpin" : "Pin"} message ${id} in ${describeChat(peer)}${silent ? ", without a sound" : ""}: ${excerptOf(message)}`,
      warnings: [],
      randomIdCount: 0,
      async perform(run) {
        const address = { peer: inputPeer(telegram, peer), id };
        const request = new telegram.api.messages.UpdatePinnedMessage({ ...address, silent, unpin });
        // What is pinned already is not pinned again, and nobody is told twice.
        const work = run.write(request, { replay: "safe", chat: String(peer.id) });
        const answer = await unlessHolds(
          work,
          "CHAT_NOT_MODIFIED",
          `It is ${unpin ? "not pinned" : "pinned"} already.`,
        );
        return answer instanceof NothingToDo ? answer : pinned;
      },
      async find() {
        const [now] = await messagesOf(telegram, peer, [id]);
        return now?.isPinned === !unpin ? pinned : undefined;
      },
      holds: () => Promise.resolve(message.isPinned === !unpin),
    };
  },
};
