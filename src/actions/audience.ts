import { isGuardError } from "../errors.js";
import { channelChat, groupChat } from "../models/chat.js";
import { bareId, toNumber } from "../models/ids.js";
import { inputPeer, type Peer } from "../telegram/peer.js";
import type { InvokeOptions, Telegram } from "../telegram/telegram.js";
import { inputChannel } from "../read/address.js";
import { withChat } from "../read/not-a-member.js";

/** Who reads what is sent to a chat. */
export interface Audience {
  /** Members of a group or channel; absent for a person, and where Telegram does not say. */
  readonly audience?: number;
  /** Of a person: whether this account has never written there. */
  readonly firstContact?: boolean;
}

/** Asks Telegram at most once, and nothing of Saved Messages or of a chat whose members are known. */
export async function audienceOf(telegram: Telegram, peer: Peer, options: InvokeOptions): Promise<Audience> {
  try {
    return await withChat(peer.id, askOf(telegram, peer, options));
  } catch (error) {
    // What Telegram does not tell stays out of the preview; that the account may not look in at all is said.
    if (isGuardError(error, "telegram_error")) return {};
    throw error;
  }
}

async function askOf(telegram: Telegram, peer: Peer, options: InvokeOptions): Promise<Audience> {
  if (peer.id === telegram.selfId) return {};
  if (peer.kind === "user") return { firstContact: !(await haveWritten(telegram, peer, options)) };
  const count = peer.participantsCount ?? (await askForMembers(telegram, peer, options));
  return count === undefined ? {} : { audience: count };
}

async function haveWritten(telegram: Telegram, peer: Peer, options: InvokeOptions): Promise<boolean> {
  const { api, long } = telegram;
  const request = new api.messages.Search({
    peer: inputPeer(telegram, peer),
    q: "",
    fromId: new api.InputPeerSelf(),
    filter: new api.InputMessagesFilterEmpty(),
    ...{ minDate: 0, maxDate: 0, offsetId: 0, addOffset: 0, limit: 1, maxId: 0, minId: 0, hash: long(0) },
  });
  const answer = await telegram.invoke(request, options);
  return answer.className === "messages.MessagesNotModified" || answer.messages.length > 0;
}

async function askForMembers(telegram: Telegram, peer: Peer, options: InvokeOptions): Promise<number | undefined> {
  const { api, long } = telegram;
  const request =
    peer.kind === "group"
      ? new api.messages.GetFullChat({ chatId: long(bareId(peer.id)) })
      : new api.channels.GetFullChannel({ channel: inputChannel(telegram, peer) });
  const { fullChat, users, chats } = await telegram.invoke(request, options);
  telegram.peers.learn(users, chats);
  if (fullChat.className === "ChannelFull") return fullChat.participantsCount;
  const chat = chats.find(({ id }) => toNumber(id) === bareId(peer.id));
  if (chat?.className === "Chat") return groupChat(chat).participantsCount;
  return chat?.className === "Channel" ? channelChat(chat).participantsCount : undefined;
}
