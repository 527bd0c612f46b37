import type { Api } from "telegram";
import { z } from "zod";
import { definedOnly } from "../../defined-only.js";
import { parseInput } from "../../input.js";
import { inputChannel } from "../../read/address.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import type { Telegram } from "../../telegram/telegram.js";
import { describeChat } from "../describe-proposal.js";
import { NothingToDo, type Operation, type Prepared, type Run } from "../operation.js";
import { assertRoom } from "./groups-limit.js";
import { chatRef, idempotencyKey } from "./input.js";
import { doorTo, inviteAt, type Door } from "./door.js";
import { isRefusal, unlessHolds } from "./state-holds.js";

/** What `client.actions.joinChat` takes. */
export interface JoinChatInput {
  /** A supergroup or channel by its name or id, or an invite link: `https://t.me/+…`. */
  readonly chat: ChatRef;
  /** Tells apart two calls with the same content that are both meant. */
  readonly idempotencyKey?: string;
}

/** The chat that was joined, or asked to let the account in. */
export interface JoinedChat {
  /** Absent after a request to join by a link, and where Telegram would not tell it. */
  readonly chatId?: number;
  /** True where an admin has to let the account in first. */
  readonly requested: boolean;
}

const schema = z.strictObject({ chat: chatRef, idempotencyKey });

/** Joins a chat, unless the account is in `maxGroups` groups, supergroups and channels already. */
export const joinChat = (maxGroups: number): Operation<JoinChatInput, JoinedChat> => ({
  name: "joinChat",
  async prepare({ telegram, policy }, input, signal): Promise<Prepared<JoinedChat>> {
    const { chat, ...rest } = parseInput(schema, input, "joinChat");
    const door = await doorTo(telegram, policy, chat, signal);
    await assertRoom(telegram, maxGroups, door, signal);
    const way = door.hash === undefined ? { peer: door.peer?.id ?? 0 } : { invite: door.hash };
    return {
      payload: { operation: "joinChat", ...way, ...definedOnly(rest) },
      targets: door.peer === undefined ? [] : [door.peer],
      summary: `Join ${door.peer === undefined ? `"${door.title}", by an invite link` : describeChat(door.peer)}`,
      warnings: door.needsRequest ? ["An admin has to let this account in first."] : [],
      cost: { quota: "join", units: 1 },
      randomIdCount: 0,
      perform: (run) => perform(telegram, door, run),
      find: () => find(telegram, door),
      holds: async () => (await find(telegram, door)) !== undefined,
    };
  },
});

async function perform(telegram: Telegram, door: Door, run: Run): Promise<JoinedChat | NothingToDo> {
  const reason = `This account is in "${door.title}" already.`;
  try {
    // Who is in a chat cannot join it again.
    const work = run.write(requestFor(telegram, door), { replay: "safe", quota: "join", units: 1 });
    const answer = await unlessHolds(work, "USER_ALREADY_PARTICIPANT", reason);
    if (answer instanceof NothingToDo) return answer;
    // He is in: that the id could not be looked up makes it no failure.
    const found = await find(telegram, door).catch(() => undefined);
    return found ?? { ...definedOnly({ chatId: door.peer?.id }), requested: false };
  } catch (error) {
    // No failure: it says what happened (core.telegram.org/api/invites#join-requests).
    if (!isRefusal(error, "INVITE_REQUEST_SENT")) throw error;
    return { ...definedOnly({ chatId: door.peer?.id }), requested: true };
  }
}

function requestFor({ api, long }: Telegram, { hash, peer }: Door): Api.AnyRequest & { __response: Api.TypeUpdates } {
  if (hash !== undefined) return new api.messages.ImportChatInvite({ hash });
  if (peer === undefined) throw new TypeError("A door leads to a chat or has a link.");
  return new api.channels.JoinChannel({ channel: inputChannel({ api, long }, peer) });
}

async function find(telegram: Telegram, { hash, peer }: Door): Promise<JoinedChat | undefined> {
  if (hash !== undefined) {
    const { peer: behind } = await inviteAt(telegram, hash);
    return behind === undefined ? undefined : { chatId: behind.id, requested: false };
  }
  if (peer === undefined) return undefined;
  const { chats } = await telegram.invoke(
    new telegram.api.channels.GetChannels({ id: [inputChannel(telegram, peer)] }),
  );
  const [chat] = chats;
  return chat?.className === "Channel" && chat.left !== true ? { chatId: peer.id, requested: false } : undefined;
}
