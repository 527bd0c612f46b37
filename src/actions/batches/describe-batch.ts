import type { Quota } from "../../errors.js";
import { describeChat, describeDeletion, oneLine } from "../describe-proposal.js";
import type { Peer } from "../../telegram/peer.js";
import { counted, inTime } from "../in-time.js";
import { QUOTA_WORDS } from "../../quota-words.js";
import type { ProposedDeletion } from "../shapes.js";
import type { BatchItem } from "./batch-shapes.js";
import { inWords } from "./item-endings.js";
import type { KindName } from "./kinds.js";

/** What is left to do of a batch, with those whom it concerns. */
export interface Remaining {
  readonly kind: KindName;
  readonly items: readonly BatchItem[];
  /** The chats and people of the items, by id. */
  readonly peers: ReadonlyMap<number, Peer>;
  /** By the chat's id. */
  readonly deletes: ReadonlyMap<number, ProposedDeletion>;
}

/** So many chats stand in the sentence; all of them are targets of the proposal. */
const SHOWN = 20;

/** In one sentence: what is done to whom. */
export function describeWork(remaining: Remaining): string {
  const { kind, items, deletes } = remaining;
  const chats = [...new Map(items.map(({ target }) => [target.chat, target])).values()];
  const count = counted(chats.length, "chat");
  const where = listed(chats.map((target) => describePlace(remaining, target)));
  switch (kind) {
    case "addMember":
      return `Add ${namesOf(remaining)} to ${count}: ${where}.`;
    case "leaveDialog":
      return `Leave ${count}: ${where}.`;
    case "deleteMessages": {
      const messages = [...deletes.values()].reduce((sum, each) => sum + each.count, 0);
      return `Delete ${counted(messages, "message")} in ${count}, ${forWhom(items)}: ${where}.`;
    }
  }
}

const forWhom = (items: readonly BatchItem[]): string =>
  items.every(({ target }) => target.revoke === false)
    ? "for this account alone (in supergroups and channels for everybody)"
    : "for everybody";

function namesOf({ items, peers }: Remaining): string {
  const ids = [...new Set(items.flatMap(({ target }) => target.user ?? []))];
  return ids.map((id) => nameOf(peers, { chat: id })).join(", ");
}

function describePlace({ peers, deletes }: Remaining, target: BatchItem["target"]): string {
  const deletion = target.chat === undefined ? undefined : deletes.get(target.chat);
  const name = nameOf(peers, target);
  return deletion === undefined ? name : `${name}, ${describeDeletion(deletion)}`;
}

const nameOf = (peers: ReadonlyMap<number, Peer>, { chat, title }: BatchItem["target"]): string => {
  const peer = chat === undefined ? undefined : peers.get(chat);
  return peer === undefined ? `"${oneLine(title ?? "?")}" (${chat ?? "?"})` : describeChat(peer);
};

function listed(words: readonly string[]): string {
  const more = words.length - SHOWN;
  const shown = words.slice(0, SHOWN).join("; ");
  return more > 0 ? `${shown}; and ${more} more, all of them among the targets` : shown;
}

/** A line for each chat that is not known here any more. */
export const describeLost = (items: readonly BatchItem[], peers: ReadonlyMap<number, Peer>): readonly string[] => {
  const lost = items.filter(({ target: { chat } }) => chat === undefined || !peers.has(chat));
  const targets = [...new Map(lost.map(({ target }) => [target.chat, target])).values()];
  return targets.map(
    (target) => `${nameOf(peers, target)} is not known here any more; it is looked for when its turn comes.`,
  );
};

/** A line for each item that cannot be done. */
export const describeBlocked = (items: readonly BatchItem[]): readonly string[] =>
  items.map(({ target: { chat, title, asked }, code }) => {
    const whom = chat === undefined ? `"${oneLine(String(asked ?? "?"))}"` : `"${oneLine(title ?? "?")}" (${chat})`;
    return `Left out: ${whom}: ${inWords(code)}.`;
  });

export interface Cost {
  readonly quota: Quota;
  readonly units: number;
  readonly left: number;
  readonly limit: number;
}

/** What it takes of the day's quota, and how many days that is. */
export function describeCost({ quota, units, left, limit }: Cost): string {
  const costs = `It costs ${units} of the quota for ${QUOTA_WORDS[quota]}: ${limit} a day, ${left} left today.`;
  if (units <= left) return `${costs} It can be done today.`;
  if (limit === 0) return `${costs} It can never be done.`;
  return `${costs} It takes ${counted(1 + Math.ceil((units - left) / limit), "day")}, today included.`;
}

/** What an approval of it means. */
export const describeLease = (leaseMs: number): string =>
  `Once approved it may be run for ${inTime(leaseMs)}; what is not done by then needs another approval.`;
