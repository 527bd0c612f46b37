import type { Agenda } from "../demo/agenda.js";
import type { Channel, Group } from "../chat.js";
import { deliver } from "../deliver.js";
import { peerKey, userPeer, type Peer } from "../peer.js";
import type { World } from "../world.js";

/** When a chat began that does not say so: long ago, and always the same. */
export const BEGIN = Date.UTC(2025, 0, 1) / 1000;
/** A world on its way. */
export interface Making {
  readonly world: World;
  readonly agenda: Agenda;
  /** Done once everything stands. */
  readonly afterwards: (() => void)[];
}

/** The first message says that the chat was made. A chat without a creator has none. */
export function begin(
  { world, agenda }: Making,
  to: Group | Channel,
  date: number,
  action: NonNullable<Parameters<typeof deliver>[2]["action"]>,
): void {
  const creator = to.members.managers().find(({ role }) => role === "creator");
  const from = creator === undefined || to.kind === "channel" ? undefined : userPeer(creator.userId);
  if (from === undefined && to.kind !== "channel") return;
  agenda.at(date, () => deliver(world, to, { date, from, text: "", action }));
}

/** All accounts, or one of them, have read everything but so many of the newest. */
export function leaveUnread({ world, afterwards }: Making, peer: Peer, unread: number, reader?: number): void {
  afterwards.push(() => {
    for (const mailbox of world.mailboxes()) {
      if (reader === undefined || mailbox.accountId === reader) mailbox.dialogs.get(peerKey(peer))?.settle(unread);
    }
  });
}

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Without what is not given. */
export const given = <T extends object>(values: T): Given<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;
