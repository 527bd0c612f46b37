import { z } from "zod";
import { definedOnly } from "../../defined-only.js";
import { asUncertain, GuardError } from "../../errors.js";
import { parseInput } from "../../input.js";
import { inputChannel, isChannel } from "../../read/address.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import { inputPeer, type Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import { describeChat } from "../describe-proposal.js";
import { NothingToDo, type Operation, type Prepared, type Run } from "../operation.js";
import { newestOf } from "./newest.js";
import { chatRef, idempotencyKey, messageId, resolveChat } from "./input.js";

/** What `client.actions.clearHistory` takes. */
export interface ClearHistoryInput {
  readonly chat: ChatRef;
  /** The last message to go. @defaultValue the newest of the chat */
  readonly maxId?: number;
  /** For everybody; false: for oneself alone. @defaultValue true */
  readonly revoke?: boolean;
  /** Keeps the empty chat in the list of dialogs. @defaultValue false */
  readonly justClear?: boolean;
  /** Tells apart two calls with the same content that are both meant. */
  readonly idempotencyKey?: string;
}

/** Up to where a history was cleared. */
export interface ClearedHistory {
  readonly chatId: number;
  /** Nothing up to this message is there any more. */
  readonly maxId: number;
}

const schema = z.strictObject({
  chat: chatRef,
  maxId: messageId.exactOptional(),
  revoke: z.boolean().default(true),
  justClear: z.boolean().default(false),
  idempotencyKey,
});

interface Clearing {
  readonly maxId: number;
  readonly revoke: boolean;
  readonly justClear: boolean;
}

/** Clears a history. The digest covers its newest message: once others came, the approval counts no more. */
export const clearHistory: Operation<ClearHistoryInput, ClearedHistory> = {
  name: "clearHistory",
  async prepare({ telegram }, input, signal): Promise<Prepared<ClearedHistory>> {
    const { chat, maxId: upTo, revoke, justClear, ...rest } = parseInput(schema, input, "clearHistory");
    const peer = await resolveChat(telegram, chat, signal);
    const { newestId, count } = await newestOf(telegram, peer, signal);
    const maxId = upTo ?? newestId;
    const clearing = { maxId, revoke, justClear };
    const whom = revoke ? "for everybody" : "for this account alone";
    const what = upTo === undefined ? `all ${count} messages` : `the messages up to ${maxId} (of ${count} in all)`;
    return {
      payload: { operation: "clearHistory", peer: peer.id, upTo, revoke, justClear, ...definedOnly(rest) },
      before: maxId,
      goesOnChanged: true,
      targets: [{ ...peer, role: "from" }],
      summary: `Delete ${what} in ${describeChat(peer)}, ${whom}`,
      warnings: [],
      randomIdCount: 0,
      perform: (run) => perform(telegram, peer, clearing, run),
      find: (_, run) => find(telegram, peer, Number(run.marked(UP_TO) ?? maxId)),
    };
  },
};

/** The last message to go, of a run that was cut off. */
const UP_TO = "up to";

async function find(telegram: Telegram, peer: Peer, maxId: number): Promise<ClearedHistory | undefined> {
  return (await isClear(telegram, peer, maxId)) ? { chatId: peer.id, maxId } : undefined;
}

async function perform(
  telegram: Telegram,
  peer: Peer,
  clearing: Clearing,
  run: Run,
): Promise<ClearedHistory | NothingToDo> {
  const upTo = run.marked(UP_TO);
  // It is noted before anything is deleted, so without a note nothing was.
  if (upTo === undefined && run.changed) throw othersCame(peer);
  const maxId = Number(upTo ?? clearing.maxId);
  const cleared = { chatId: peer.id, maxId };
  if (await isClear(telegram, peer, maxId)) {
    return run.resumed ? cleared : new NothingToDo("There are no such messages.");
  }
  await run.mark(UP_TO, String(maxId));
  if (isChannel(peer)) await clearChannel(telegram, peer, { ...clearing, maxId }, run);
  else await clearInParts(telegram, peer, { ...clearing, maxId }, run);
  return cleared;
}

const othersCame = ({ id, title }: Peer): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", `New messages came into "${title}" (${id}) since the preview; nothing was deleted.`, {
    details: { path: "clearHistory.chat" },
    nextStep: "Preview the action again: it shows how much there is now.",
  });

const isClear = async (telegram: Telegram, peer: Peer, maxId: number): Promise<boolean> =>
  maxId === 0 || (await newestOf(telegram, peer, undefined, maxId + 1)).newestId === 0;

function clearChannel(telegram: Telegram, peer: Peer, { maxId, revoke }: Clearing, run: Run) {
  const channel = inputChannel(telegram, peer);
  const request = new telegram.api.channels.DeleteHistory({ channel, maxId, forEveryone: revoke });
  return run.write(request, { replay: "safe", chat: String(peer.id) });
}

/** Telegram deletes a part at a time and tells how much is left (core.telegram.org/api/offsets). */
async function clearInParts(telegram: Telegram, peer: Peer, clearing: Clearing, run: Run): Promise<void> {
  for (let begun = false; ; begun = true) {
    const request = new telegram.api.messages.DeleteHistory({ peer: inputPeer(telegram, peer), ...clearing });
    try {
      const { offset } = await run.write(request, { replay: "safe", chat: String(peer.id) });
      if (offset <= 0) return;
    } catch (error) {
      throw begun ? asUncertain(error) : error;
    }
  }
}
