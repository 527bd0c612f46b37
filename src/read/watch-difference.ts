import type { Api } from "telegram";
import { isGuardError } from "../errors.js";
import { namesOf, type Names } from "../models/names.js";
import type { Peer } from "../telegram/peer.js";
import type { InvokeOptions, Telegram } from "../telegram/telegram.js";
import { readList, type News, type ReadUpdates } from "../telegram/updates-read.js";
import { inputChannel } from "./address.js";
import { withChat } from "./not-a-member.js";
import type { CommonState } from "./watch-cursor.js";

/** What was missed of one sequence, or a part of it. */
export interface Difference {
  readonly news: readonly News[];
  /** Whatever else the answer tells, of other sequences too. */
  readonly others?: ReadUpdates;
  readonly pts: number;
  /** Of the common sequence. */
  readonly state?: CommonState & { readonly seq: number };
  /** There is no more. */
  readonly final: boolean;
}

/** Telegram keeps events for some time only: `pts` is where the sequence stands now, if the answer tells. */
export interface TooLong {
  readonly tooLong: true;
  readonly pts?: number;
}

/** Telegram's own limit for people (core.telegram.org/method/updates.getChannelDifference). */
const LIMIT = 100;

/** One request for what was missed in private chats and basic groups. */
export async function commonDifference(
  telegram: Telegram,
  from: CommonState,
  call: InvokeOptions,
): Promise<Difference | TooLong> {
  const { api } = telegram;
  const answer = await unlessForgotten(telegram.invoke(new api.updates.GetDifference({ ...from }), call));
  if (answer === undefined || answer.className === "updates.DifferenceTooLong") return { tooLong: true };
  if (answer.className === "updates.DifferenceEmpty") {
    const { date, seq } = answer;
    return { news: [], pts: from.pts, state: { ...from, date, seq }, final: true };
  }
  telegram.peers.learn(answer.users, answer.chats);
  const isSlice = answer.className === "updates.DifferenceSlice";
  const { pts, qts, date, seq } = isSlice ? answer.intermediateState : answer.state;
  return { ...contents(answer, "common"), pts, state: { pts, qts, date, seq }, final: !isSlice };
}

/** One request for what was missed in a channel or supergroup. */
export async function channelDifference(
  telegram: Telegram,
  peer: Peer,
  pts: number,
  call: InvokeOptions,
): Promise<Difference | TooLong> {
  const { api } = telegram;
  const request = new api.updates.GetChannelDifference({
    channel: inputChannel(telegram, peer),
    filter: new api.ChannelMessagesFilterEmpty(),
    pts,
    limit: LIMIT,
  });
  const answer = await withChat(peer.id, unlessForgotten(telegram.invoke(request, call)));
  if (answer === undefined) return { tooLong: true };
  const final = answer.final ?? false;
  if (answer.className === "updates.ChannelDifferenceEmpty") return { news: [], pts: answer.pts, final };
  telegram.peers.learn(answer.users, answer.chats);
  if (answer.className === "updates.ChannelDifferenceTooLong") {
    const now = answer.dialog.className === "Dialog" ? answer.dialog.pts : undefined;
    return { tooLong: true, ...(typeof now === "number" ? { pts: now } : {}) };
  }
  return { ...contents(answer, peer.id), pts: answer.pts, final };
}

type Told = Pick<Api.updates.Difference, "newMessages" | "otherUpdates" | "users" | "chats">;

function contents({ newMessages, otherUpdates, users, chats }: Told, key: number | "common") {
  const names: Names = namesOf(users, chats);
  const others = readList(otherUpdates, names);
  // Edits of this sequence count with the answer; their pts may lie anywhere in it.
  const own = others.sightings.filter((sighting) => sighting.key === key);
  return {
    news: [
      ...newMessages
        .map((message): News => ({ message, isEdit: false, names }))
        .sort((a, b) => a.message.id - b.message.id),
      ...own.flatMap(({ news }) => news ?? []),
    ],
    others: { ...others, sightings: others.sightings.filter((sighting) => sighting.key !== key) },
  };
}

/** Telegram does not know the place any more, or never did: the same as too long a gap. */
async function unlessForgotten<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    const isForgotten =
      isGuardError(error, "telegram_error") && /^PERSISTENT_TIMESTAMP_(INVALID|EMPTY)$/.test(error.details.name);
    if (isForgotten) return undefined;
    throw error;
  }
}
