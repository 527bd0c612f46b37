import { GuardError } from "../errors.js";
import { SERVICE_CHAT_ID } from "../models/service-chat.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Peer } from "../telegram/peer.js";
import type { InvokeOptions, Telegram } from "../telegram/telegram.js";
import { isChannel } from "./address.js";
import { findChat } from "./find.js";
import type { CommonState, WatchPosition } from "./watch-cursor.js";
import { allChats, survey, type ChatState } from "./watch-survey.js";

/** Where a watch begins. */
export interface Start extends Pick<WatchPosition, "channels" | "floors"> {
  readonly common?: CommonState;
  /** From a cursor: what came since must be asked for. */
  readonly isOld: boolean;
}

/** Finds the chats; each counts once. */
export async function findChats(
  telegram: Telegram,
  refs: readonly ChatRef[],
  includeServiceChat: boolean,
  call: InvokeOptions,
): Promise<readonly Peer[]> {
  const found = new Map<number, Peer>();
  for (const ref of refs) {
    const peer = await findChat(telegram, ref, call);
    found.set(peer.id, peer);
  }
  if (found.has(SERVICE_CHAT_ID) && !includeServiceChat) throw serviceChat();
  return [...found.values()];
}

/** Begins now, or where the position says; chats that it does not know begin now. */
export async function startOf(
  telegram: Telegram,
  chats: readonly Peer[] | "all",
  position: WatchPosition | undefined,
  call: InvokeOptions,
): Promise<Start> {
  const needsCommon = chats === "all" || !chats.every(isChannel);
  const isOld = position !== undefined;
  // Before the ids of the newest messages, so that none falls in between.
  const common = needsCommon ? (position?.common ?? (await commonState(telegram, call))) : undefined;
  const states =
    chats === "all" ? await allStates(telegram, isOld, call) : await newStates(telegram, chats, position, call);
  const wanted = chats === "all" ? undefined : new Set(chats.map(({ id }) => id));
  const known = [...(position?.channels ?? [])].filter(([id]) => wanted === undefined || wanted.has(id));
  const begun = states.flatMap(({ chatId, pts }) => (pts === undefined ? [] : [[chatId, pts] as const]));
  const tops = states.map(({ chatId, topId }) => [chatId, topId] as const);
  return {
    ...(common === undefined ? {} : { common }),
    channels: new Map([...begun, ...known]),
    floors: new Map([...tops, ...(position?.floors ?? [])]),
    isOld,
  };
}

async function commonState(telegram: Telegram, call: InvokeOptions): Promise<CommonState> {
  const { pts, qts, date } = await telegram.invoke(new telegram.api.updates.GetState(), call);
  return { pts, qts, date };
}

async function allStates(telegram: Telegram, isOld: boolean, call: InvokeOptions): Promise<readonly ChatState[]> {
  if (isOld) return [];
  const chats = await allChats(telegram, call);
  const channels = chats.flatMap(({ peer }) => (isChannel(peer) ? peer : []));
  return [...chats.filter(({ peer }) => !isChannel(peer)), ...(await survey(telegram, channels, call, "leave out"))];
}

const newStates = (
  telegram: Telegram,
  chats: readonly Peer[],
  position: WatchPosition | undefined,
  call: InvokeOptions,
): Promise<readonly ChatState[]> => {
  const isKnown = (peer: Peer): boolean =>
    isChannel(peer) ? position?.channels.has(peer.id) === true : position?.common !== undefined;
  return survey(
    telegram,
    chats.filter((peer) => !isKnown(peer)),
    call,
  );
};

const serviceChat = (): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", "Telegram's own chat carries login codes; it is watched only when asked for.", {
    details: { path: "options.includeServiceChat" },
    nextStep: "Leave the chat out, or set includeServiceChat: true; codes stay masked.",
  });
