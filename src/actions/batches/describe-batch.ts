import type { Quota } from "../../errors.js";
import { describeChat } from "../describe-proposal.js";
import type { Peer } from "../../telegram/peer.js";
import type { BatchItem } from "./batch-shapes.js";
import { counted, inTime } from "./in-time.js";
import { inWords } from "./item-endings.js";
import type { KindName } from "./kinds.js";

/** What is left to do of a batch, with those whom it concerns. */
export interface Remaining {
  readonly kind: KindName;
  readonly items: readonly BatchItem[];
  /** The chats and people of the items, by id. */
  readonly peers: ReadonlyMap<number, Peer>;
}

/** So many are named; more than that nobody reads. */
const SHOWN = 20;

/** In one sentence: what is done to whom. */
export function describeWork(remaining: Remaining): string {
  const { kind, items } = remaining;
  const chats = new Set(items.map(({ target }) => target.chat)).size;
  const where = listed(items.map((item) => describeItem(remaining, item)));
  switch (kind) {
    case "addMember":
      return `Add ${namesOf(remaining)} to ${counted(chats, "chat")}: ${where}.`;
    case "leaveDialog":
      return `Leave ${counted(chats, "chat")}: ${where}.`;
    case "deleteMessages": {
      const count = items.reduce((sum, { target }) => sum + (target.messageIds?.length ?? 0), 0);
      return `Delete ${counted(count, "message")} in ${counted(chats, "chat")}, ${forWhom(items)}: ${where}.`;
    }
  }
}

const forWhom = (items: readonly BatchItem[]): string =>
  items.every(({ target }) => target.revoke === false)
    ? "for this account alone (in supergroups and channels for everybody)"
    : "for everybody";

function namesOf({ items, peers }: Remaining): string {
  const ids = [...new Set(items.flatMap(({ target }) => target.user ?? []))];
  return ids.map((id) => nameOf(peers, id, undefined)).join(", ");
}

function describeItem({ peers }: Remaining, { target: { chat, title, messageIds = [] } }: BatchItem): string {
  const where = nameOf(peers, chat, title);
  return messageIds.length === 0 ? where : `${where}, messages ${idsOf(messageIds)}`;
}

const nameOf = (peers: ReadonlyMap<number, Peer>, id: number | undefined, title: string | undefined): string => {
  const peer = id === undefined ? undefined : peers.get(id);
  return peer === undefined ? `"${title ?? "?"}" (${id ?? "?"})` : describeChat(peer);
};

/** The first ids of a list, and how many more there are. */
function idsOf(ids: readonly number[]): string {
  const more = ids.length - SHOWN;
  return more > 0 ? `${ids.slice(0, SHOWN).join(", ")} and ${more} more` : ids.join(", ");
}

function listed(words: readonly string[]): string {
  const more = words.length - SHOWN;
  const shown = words.slice(0, SHOWN).join("; ");
  return more > 0 ? `${shown}; and ${more} more, which the items of the batch tell` : shown;
}

/** A line for each item that cannot be done, up to a number. */
export function describeBlocked(items: readonly BatchItem[]): readonly string[] {
  const lines = items.slice(0, SHOWN).map(({ target: { chat, title, asked }, code }) => {
    const whom = chat === undefined ? `"${asked ?? "?"}"` : `"${title ?? "?"}" (${chat})`;
    return `Left out: ${whom}: ${inWords(code)}.`;
  });
  const more = items.length - SHOWN;
  return more > 0 ? [...lines, `Left out: ${more} more, which the items of the batch tell.`] : lines;
}

export interface Cost {
  readonly quota: Quota;
  readonly units: number;
  readonly left: number;
  readonly limit: number;
}

const QUOTAS: Readonly<Record<Quota, string>> = {
  join: "joins, leaves, invitations and removals",
  dm: "direct messages",
  group_msg: "messages to groups",
};

/** What it takes of the day's quota, and how many days that is. */
export function describeCost({ quota, units, left, limit }: Cost): string {
  const costs = `It costs ${units} of the quota for ${QUOTAS[quota]}: ${limit} a day, ${left} left today.`;
  if (units <= left) return `${costs} It can be done today.`;
  if (limit === 0) return `${costs} It can never be done.`;
  return `${costs} It takes ${counted(1 + Math.ceil((units - left) / limit), "day")}, today included.`;
}

/** What an approval of it means. */
export const describeLease = (leaseMs: number): string =>
  `Once approved it may be run for ${inTime(leaseMs)}; what is not done by then needs another approval.`;
