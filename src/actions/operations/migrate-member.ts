import { z } from "zod";
import { definedOnly } from "../../defined-only.js";
import { asUncertain } from "../../errors.js";
import { parseInput } from "../../input.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import type { Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import { describeChat } from "../describe-proposal.js";
import { NothingToDo, type Operation, type Prepared, type Run } from "../operation.js";
import { enter } from "./enter.js";
import { expel } from "./expel.js";
import { chatRef, idempotencyKey, resolveChat } from "./input.js";
import { assertMembership, isMember } from "./membership.js";
import { noteWritten } from "./written.js";

/** What `client.actions.migrateMember` takes. */
export interface MigrateMemberInput {
  readonly chat: ChatRef;
  readonly oldUser: ChatRef;
  readonly newUser: ChatRef;
  /** Tells apart two calls with the same content that are both meant. */
  readonly idempotencyKey?: string;
}

/** Who took whose place. */
export interface MigratedMember {
  readonly chatId: number;
  readonly oldUserId: number;
  readonly newUserId: number;
}

const schema = z.strictObject({ chat: chatRef, oldUser: chatRef, newUser: chatRef, idempotencyKey });

/** Puts one account of somebody in the place of another. */
export const migrateMember: Operation<MigrateMemberInput, MigratedMember> = {
  name: "migrateMember",
  async prepare({ telegram }, input, signal): Promise<Prepared<MigratedMember>> {
    const parsed = parseInput(schema, input, "migrateMember");
    const chat = await resolveChat(telegram, parsed.chat, signal);
    const old = await resolveChat(telegram, parsed.oldUser, signal);
    const fresh = await resolveChat(telegram, parsed.newUser, signal);
    for (const user of [old, fresh]) assertMembership("migrateMember", chat, user);
    const migrated = { chatId: chat.id, oldUserId: old.id, newUserId: fresh.id };
    return {
      payload: {
        operation: "migrateMember",
        ...migrated,
        ...definedOnly({ idempotencyKey: parsed.idempotencyKey }),
      },
      targets: [chat],
      summary: `Add ${describeChat(fresh)} to ${describeChat(chat)}, then remove ${describeChat(old)}`,
      warnings: [],
      cost: { quota: "join", units: 2 },
      randomIdCount: 0,
      async perform(run) {
        return (await perform(telegram, chat, old, fresh, run)) ? migrated : new NothingToDo("It is so already.");
      },
      // Neither does who is in the chat tell that it was this, nor whether the ban was lifted.
      find: () => Promise.resolve(undefined),
      holds: async () => (await isMember(telegram, chat, fresh)) && !(await isMember(telegram, chat, old)),
    };
  },
};

const ADDED = "added";

/** Whether anything had to be done. */
async function perform(telegram: Telegram, chat: Peer, old: Peer, fresh: Peer, run: Run): Promise<boolean> {
  if (run.marked(ADDED) === undefined) {
    // Whoever could not pay for the removal, too, would be left with both.
    const held = await enter(telegram, chat, fresh, run, { step: ADDED, units: 2 });
    await noteWritten(run, ADDED, held === undefined ? "now" : "before");
  }
  const added = run.marked(ADDED) === "now";
  try {
    return !((await expel(telegram, chat, old, run, { units: added ? 0 : 1 })) instanceof NothingToDo) || added;
  } catch (error) {
    throw added ? asUncertain(error) : error;
  }
}
