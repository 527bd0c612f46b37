import { z } from "zod";
import { definedOnly } from "../../defined-only.js";
import { parseInput } from "../../input.js";
import { bareId, toNumber } from "../../models/ids.js";
import { inputChannel, isChannel, wrongKind } from "../../read/address.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import type { Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import { describeChat } from "../describe-proposal.js";
import { NothingToDo, type Operation, type Prepared, type Run } from "../operation.js";
import { chatRef, idempotencyKey, resolveChat } from "./input.js";
import { unlessHolds } from "./state-holds.js";

/** What `client.actions.leaveDialog` takes. */
export interface LeaveDialogInput {
  /** A group, supergroup or channel. */
  readonly chat: ChatRef;
  /** Tells apart two calls with the same content that are both meant. */
  readonly idempotencyKey?: string;
}

/** The chat that was left. */
export interface LeftDialog {
  readonly chatId: number;
}

const schema = z.strictObject({ chat: chatRef, idempotencyKey });

/** Leaves a group, supergroup or channel. */
export const leaveDialog: Operation<LeaveDialogInput, LeftDialog> = {
  name: "leaveDialog",
  async prepare({ telegram }, input, signal): Promise<Prepared<LeftDialog>> {
    const { chat, ...rest } = parseInput(schema, input, "leaveDialog");
    const peer = await resolveChat(telegram, chat, signal);
    if (peer.kind === "user") throw wrongKind(peer, "group or channel", "leaveDialog.chat");
    const left = { chatId: peer.id };
    return {
      payload: { operation: "leaveDialog", peer: peer.id, ...definedOnly(rest) },
      targets: [{ ...peer, role: "from" }],
      summary: `Leave ${describeChat(peer)}`,
      warnings: peer.username === undefined ? ["Without an invitation there may be no way back."] : [],
      cost: { quota: "join", units: 1 },
      randomIdCount: 0,
      perform: async (run) => (await leave(telegram, peer, run)) ?? left,
      find: async () => ((await isOut(telegram, peer)) ? left : undefined),
      holds: () => isOut(telegram, peer),
    };
  },
};

async function leave(telegram: Telegram, peer: Peer, run: Run): Promise<NothingToDo | undefined> {
  const { api, long } = telegram;
  const request = isChannel(peer)
    ? new api.channels.LeaveChannel({ channel: inputChannel(telegram, peer) })
    : new api.messages.DeleteChatUser({ chatId: long(bareId(peer.id)), userId: new api.InputUserSelf() });
  // Who has left cannot leave again.
  const work = run.write(request, { replay: "safe", quota: "join", units: 1, chat: String(peer.id) });
  const answer = await unlessHolds(work, "USER_NOT_PARTICIPANT", `This account is not in "${peer.title}".`);
  return answer instanceof NothingToDo ? answer : undefined;
}

/** Telegram marks the chat itself as left. */
async function isOut(telegram: Telegram, peer: Peer): Promise<boolean> {
  const { api, long } = telegram;
  const request = isChannel(peer)
    ? new api.channels.GetChannels({ id: [inputChannel(telegram, peer)] })
    : new api.messages.GetChats({ id: [long(bareId(peer.id))] });
  const { chats } = await telegram.invoke(request);
  const chat = chats.find(({ id }) => toNumber(id) === bareId(peer.id));
  if (chat?.className === "Chat" || chat?.className === "Channel") return chat.left === true;
  return chat?.className === "ChatForbidden" || chat?.className === "ChannelForbidden";
}
