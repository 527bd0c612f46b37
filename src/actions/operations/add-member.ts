import { z } from "zod";
import { definedOnly } from "../../defined-only.js";
import { parseInput } from "../../input.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import { describeChat } from "../describe-proposal.js";
import type { Operation, Prepared } from "../operation.js";
import { enter } from "./enter.js";
import { chatRef, idempotencyKey, resolveChat } from "./input.js";
import { assertMembership, isMember } from "./membership.js";
import { NothingToDo } from "../operation.js";

/** What `client.actions.addMember` and `client.actions.removeMember` take. */
export interface MemberInput {
  /** A group, supergroup or channel. */
  readonly chat: ChatRef;
  readonly user: ChatRef;
  /** Tells apart two calls with the same content that are both meant. */
  readonly idempotencyKey?: string;
}

/** Who is in the chat now, or no more. */
export interface ChangedMember {
  readonly chatId: number;
  readonly userId: number;
}

export const memberSchema = z.strictObject({ chat: chatRef, user: chatRef, idempotencyKey });

/** Adds somebody to a chat. The chat must be on the allowlist, the person need not. */
export const addMember: Operation<MemberInput, ChangedMember> = {
  name: "addMember",
  async prepare({ telegram }, input, signal): Promise<Prepared<ChangedMember>> {
    const { chat: where, user: who, ...rest } = parseInput(memberSchema, input, "addMember");
    const chat = await resolveChat(telegram, where, signal);
    const user = await resolveChat(telegram, who, signal);
    assertMembership("addMember", chat, user);
    const changed = { chatId: chat.id, userId: user.id };
    return {
      payload: { operation: "addMember", ...changed, ...definedOnly(rest) },
      targets: [chat],
      summary: `Add ${describeChat(user)} to ${describeChat(chat)}`,
      warnings: [],
      cost: { quota: "join", units: 1 },
      randomIdCount: 0,
      async perform(run) {
        const held = await enter(telegram, chat, user, run, { step: "add", units: 1 });
        return held instanceof NothingToDo ? held : changed;
      },
      find: async () => ((await isMember(telegram, chat, user)) ? changed : undefined),
      holds: () => isMember(telegram, chat, user),
    };
  },
};
