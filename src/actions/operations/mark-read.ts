import { z } from "zod";
import { definedOnly } from "../../defined-only.js";
import { parseInput } from "../../input.js";
import { inputChannel, isChannel } from "../../read/address.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import { inputPeer, type Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import { describeChat } from "../describe-proposal.js";
import { NothingToDo, type Operation, type Prepared, type Run } from "../operation.js";
import { chatRef, idempotencyKey, messageId, resolveChat } from "./input.js";

/** What `client.actions.markRead` takes. */
export interface MarkReadInput {
  readonly chat: ChatRef;
  /** The last message that was read. @defaultValue the newest when it is carried out */
  readonly maxId?: number;
  /** Tells apart two calls with the same content that are both meant. */
  readonly idempotencyKey?: string;
}

/** Up to where a chat counts as read. */
export interface MarkedRead {
  readonly chatId: number;
  /** The last message that counts as read. */
  readonly maxId: number;
}

const schema = z.strictObject({ chat: chatRef, maxId: messageId.exactOptional(), idempotencyKey });

/** Marks a chat as read. */
export const markRead: Operation<MarkReadInput, MarkedRead> = {
  name: "markRead",
  async prepare({ telegram }, input, signal): Promise<Prepared<MarkedRead>> {
    const { chat, maxId, ...rest } = parseInput(schema, input, "markRead");
    const peer = await resolveChat(telegram, chat, signal);
    const what = maxId === undefined ? "everything" : `the messages up to ${maxId}`;
    return {
      payload: { operation: "markRead", peer: peer.id, ...definedOnly({ maxId, ...rest }) },
      targets: [peer],
      summary: `Mark ${what} in ${describeChat(peer)} as read`,
      warnings: peer.kind === "user" && peer.isBot !== true ? ["The other one sees that they were read."] : [],
      randomIdCount: 0,
      perform: (run) => perform(telegram, peer, maxId, run),
      async find() {
        const { readTo, newest } = await marksOf(telegram, peer);
        const upTo = maxId ?? newest;
        return readTo >= upTo ? { chatId: peer.id, maxId: upTo } : undefined;
      },
      async holds() {
        const { readTo, newest } = await marksOf(telegram, peer);
        return readTo >= (maxId ?? newest);
      },
    };
  },
};

async function perform(
  telegram: Telegram,
  peer: Peer,
  asked: number | undefined,
  run: Run,
): Promise<MarkedRead | NothingToDo> {
  const { api } = telegram;
  const { readTo, newest } = await marksOf(telegram, peer);
  const maxId = asked ?? newest;
  const marked = { chatId: peer.id, maxId };
  if (readTo >= maxId) return run.resumed ? marked : new NothingToDo("They are marked as read already.");
  const request = isChannel(peer)
    ? new api.channels.ReadHistory({ channel: inputChannel(telegram, peer), maxId })
    : new api.messages.ReadHistory({ peer: inputPeer(telegram, peer), maxId });
  // What was read stays read.
  await run.write<unknown>(request, { replay: "safe", chat: String(peer.id) });
  return marked;
}

async function marksOf(telegram: Telegram, peer: Peer): Promise<{ readonly readTo: number; readonly newest: number }> {
  const { api } = telegram;
  const request = new api.messages.GetPeerDialogs({
    peers: [new api.InputDialogPeer({ peer: inputPeer(telegram, peer) })],
  });
  const { dialogs, users, chats } = await telegram.invoke(request);
  telegram.peers.learn(users, chats);
  const [dialog] = dialogs;
  if (dialog?.className !== "Dialog") return { readTo: 0, newest: 0 };
  return { readTo: dialog.readInboxMaxId, newest: dialog.topMessage };
}
