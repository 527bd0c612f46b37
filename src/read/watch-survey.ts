import type { Api } from "telegram";
import { GuardError, isGuardError } from "../errors.js";
import { markChannel, markedId, toNumber } from "../models/ids.js";
import { dialogPages } from "../telegram/dialog-pages.js";
import { inputPeer, type Peer } from "../telegram/peer.js";
import type { InvokeOptions, Telegram } from "../telegram/telegram.js";
import { withChat } from "./not-a-member.js";

/** Where a chat stands at Telegram. */
export interface ChatState {
  readonly chatId: number;
  /** Id of the newest message; 0 when there is none. */
  readonly topId: number;
  /** Of channels and supergroups. */
  readonly pts?: number;
}

/** Telegram's own limit of dialogs in one answer. */
const CHUNK = 100;

/** Where these chats stand. One request for each 100. What to do with chats that the account is not in, `outsiders` says. */
export async function survey(
  telegram: Telegram,
  peers: readonly Peer[],
  call: InvokeOptions,
  outsiders: "throw" | "leave out" = "throw",
): Promise<readonly ChatState[]> {
  const states: ChatState[] = [];
  for (let start = 0; start < peers.length; start += CHUNK) {
    states.push(...(await ask(telegram, peers.slice(start, start + CHUNK), call, outsiders)));
  }
  return states;
}

/** One chat that the account may not see would spoil the answer for all: then each is asked for alone, to name it. */
async function ask(
  telegram: Telegram,
  peers: readonly Peer[],
  call: InvokeOptions,
  outsiders: "throw" | "leave out",
): Promise<readonly ChatState[]> {
  const [first] = peers;
  if (first === undefined) return [];
  const { api } = telegram;
  const wanted = peers.map((peer) => new api.InputDialogPeer({ peer: inputPeer(telegram, peer) }));
  try {
    const asked = telegram.invoke(new api.messages.GetPeerDialogs({ peers: wanted }), call);
    const { dialogs, chats, users } = await withChat(first.id, asked);
    telegram.peers.learn(users, chats);
    const ids = new Set(peers.map(({ id }) => id));
    for (const chat of chats) if (chat.className === "Channel" && chat.left && ids.has(idOf(chat))) throw notIn(chat);
    return dialogs.flatMap(stateOf);
  } catch (error) {
    if (!isGuardError(error, "not_a_member")) throw error;
    if (peers.length === 1 && outsiders === "leave out") return [];
    if (peers.length === 1) throw error;
    const half = Math.ceil(peers.length / 2);
    return [
      ...(await ask(telegram, peers.slice(0, half), call, outsiders)),
      ...(await ask(telegram, peers.slice(half), call, outsiders)),
    ];
  }
}

function stateOf(dialog: Api.TypeDialog): ChatState[] {
  if (dialog.className !== "Dialog") return [];
  const { pts } = dialog;
  return [{ chatId: markedId(dialog.peer), topId: dialog.topMessage, ...(typeof pts === "number" ? { pts } : {}) }];
}

const idOf = ({ id }: Api.Channel): number => markChannel(toNumber(id));

/** Telegram sends no updates of a public channel to those who only look into it. */
const notIn = (chat: Api.Channel): GuardError<"not_a_member"> =>
  new GuardError("not_a_member", `This account is not in "${chat.title}".`, {
    details: { chat: String(idOf(chat)) },
    nextStep: "Join the chat with this account; Telegram tells of new messages only to members.",
  });

/** Every chat in the account's list, with the id of its newest message. One request for each 100. */
export async function allChats(
  telegram: Telegram,
  call: InvokeOptions,
): Promise<readonly (ChatState & { readonly peer: Peer })[]> {
  const found: (ChatState & { readonly peer: Peer })[] = [];
  for await (const { dialogs } of dialogPages(telegram, call)) {
    for (const { id, topMessageId } of dialogs) {
      const peer = telegram.peers.known(id);
      if (peer !== undefined) found.push({ chatId: id, topId: topMessageId, peer });
    }
  }
  return found;
}
