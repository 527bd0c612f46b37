import type { Api } from "telegram";
import { markChannel, markedId, toNumber } from "../models/ids.js";
import { namesOf, type Name, type Names } from "../models/names.js";
import { present } from "../models/present.js";
import type { Addressing } from "./peer.js";
import type { Peers } from "./peers.js";
import type { Sighting } from "./updates-box.js";

/** The sequence of all private chats and basic groups, or that of a channel or supergroup by its marked id. */
export type BoxKey = "common" | number;

/** A message as it came, with the names that came along. */
export interface News {
  readonly message: Api.TypeMessage;
  readonly isEdit: boolean;
  readonly names: Names;
}

export interface KeyedSighting extends Sighting<News> {
  readonly key: BoxKey;
  /** A message of this account's own, of which the server tells no more than that it was sent. */
  readonly isBlank?: true;
}

/** One container of updates, as far as messages are concerned. */
export interface ReadUpdates {
  readonly sightings: readonly KeyedSighting[];
  /** Sequences of which more was missed than this container tells. */
  readonly stale: readonly BoxKey[];
  /** The server gave up telling what was missed, of any sequence. */
  readonly tooLong: boolean;
  /** The common sequence was numbered anew. */
  readonly restarted: boolean;
  /** Containers that must come one after the other are numbered, too. */
  readonly seq?: { readonly first: number; readonly last: number };
}

/** What reading needs: the classes to build messages of, and the peers met so far. */
export interface UpdateReading extends Addressing {
  readonly peers: Pick<Peers, "learn" | "known">;
  readonly selfId: number | undefined;
}

const NOTHING: ReadUpdates = { sightings: [], stale: [], tooLong: false, restarted: false };

/** Reads any form in which Telegram sends updates (core.telegram.org/type/Updates), and keeps the peers that came along. */
export function readUpdates(telegram: UpdateReading, updates: Api.TypeUpdates): ReadUpdates {
  switch (updates.className) {
    case "UpdatesTooLong":
      return { ...NOTHING, tooLong: true };
    case "UpdateShort":
      return readList([updates.update], new Map());
    case "Updates":
    case "UpdatesCombined": {
      const { users, chats, seq } = updates;
      telegram.peers.learn(users, chats);
      const first = updates.className === "UpdatesCombined" ? updates.seqStart : seq;
      return {
        ...readList(updates.updates, namesOf(users, chats)),
        ...(seq === 0 ? {} : { seq: { first, last: seq } }),
      };
    }
    case "UpdateShortSentMessage":
      return blank(updates);
    case "UpdateShortMessage":
    case "UpdateShortChatMessage":
      return short(telegram, updates);
  }
}

/** Updates without their container, as answers about differences carry them. */
export function readList(updates: readonly Api.TypeUpdate[], names: Names): ReadUpdates {
  const sightings: KeyedSighting[] = [];
  const stale: BoxKey[] = [];
  let restarted = false;
  for (const update of updates) {
    if (update.className === "UpdatePtsChanged") restarted = true;
    else if (update.className === "UpdateChannelTooLong") stale.push(markChannel(toNumber(update.channelId)));
    else {
      const sighting = sightingOf(update, names);
      if (sighting !== undefined) sightings.push(sighting);
    }
  }
  return { ...NOTHING, sightings, stale, restarted };
}

/** Whatever has a pts and a count belongs to the sequence of its channel, or else to the common one. */
function sightingOf(update: Api.TypeUpdate, names: Names): KeyedSighting | undefined {
  if (!("pts" in update && "ptsCount" in update)) return undefined;
  const { pts, ptsCount: count } = update;
  switch (update.className) {
    case "UpdateNewMessage":
      return { key: "common", pts, count, news: { message: update.message, isEdit: false, names } };
    case "UpdateEditMessage":
      return { key: "common", pts, count, news: { message: update.message, isEdit: true, names } };
    case "UpdateNewChannelMessage":
    case "UpdateEditChannelMessage": {
      const { message } = update;
      if (!message.peerId) return undefined;
      const isEdit = update.className === "UpdateEditChannelMessage";
      return { key: markedId(message.peerId), pts, count, news: { message, isEdit, names } };
    }
    default:
      return "channelId" in update
        ? { key: markChannel(toNumber(update.channelId)), pts, count }
        : { key: "common", pts, count };
  }
}

const blank = ({ pts, ptsCount: count }: Api.UpdateShortSentMessage): ReadUpdates => ({
  ...NOTHING,
  sightings: [{ key: "common", pts, count, isBlank: true }],
});

type Short = Api.UpdateShortMessage | Api.UpdateShortChatMessage;

/** The short forms name people by id alone; who has not been met must be asked for (core.telegram.org/api/updates). */
function short({ api, peers, selfId }: UpdateReading, update: Short): ReadUpdates {
  const isPrivate = update.className === "UpdateShortMessage";
  const peerId = isPrivate ? new api.PeerUser({ userId: update.userId }) : new api.PeerChat({ chatId: update.chatId });
  const from = isPrivate ? undefined : new api.PeerUser({ userId: update.fromId });
  const named = [peerId, ...(from === undefined ? [] : [from])].map(markedId);
  const names = new Map<number, Name>();
  for (const id of selfId === undefined ? named : [...named, selfId]) {
    const peer = peers.known(id);
    if (peer !== undefined) names.set(id, { name: peer.title, ...present({ username: peer.username }) });
  }
  const isTold = named.every((id) => names.has(id)) && !update.fwdFrom && !update.viaBotId;
  if (!isTold) return { ...NOTHING, stale: ["common"] };
  const { id, message, date, out, mentioned, mediaUnread, silent, replyTo, entities, ttlPeriod } = update;
  const fields = { out, mentioned, mediaUnread, silent, replyTo, entities, ttlPeriod };
  const built = new api.Message({ id, message, date, peerId, ...(from && { fromId: from }), ...present(fields) });
  const { pts, ptsCount: count } = update;
  return { ...NOTHING, sightings: [{ key: "common", pts, count, news: { message: built, isEdit: false, names } }] };
}
