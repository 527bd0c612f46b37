import type { Channel } from "./chat.js";
import type { Mailbox } from "./mailbox.js";
import { channelPeer } from "./peer.js";
import { Cast } from "./present/cast.js";
import { updatesOf } from "./present/updates.js";
import { uncountReply } from "./thread.js";
import type { Told } from "./told.js";
import type { World } from "./world.js";

export interface Affected {
  readonly pts: number;
  readonly pts_count: number;
}

/** Takes messages out of one mailbox. Ids that are not there do not count. */
export function eraseFrom(world: World, viewer: Mailbox, ids: readonly number[]): Affected & { readonly told: Told[] } {
  const messages = [...new Set(ids)].filter((id) => viewer.remove(id));
  if (messages.length === 0) return { pts: viewer.journal.pts, pts_count: 0, told: [] };
  const pts_count = messages.length;
  const pts = viewer.journal.record(pts_count, { kind: "delete", ids: messages });
  const update = { _: "updateDeleteMessages", messages, pts, pts_count } as const;
  return { pts, pts_count, told: [{ viewer, updates: updatesOf(new Cast(world, viewer), [update]) }] };
}

/** Takes the other accounts' copies of a mailbox's messages away. */
export function eraseCopies(world: World, mailbox: Mailbox, ids: readonly number[]): Told[] {
  const origins = ids.map((id) => mailbox.find(id)?.message.origin);
  return world.mailboxes().flatMap((other) => {
    if (other === mailbox) return [];
    const theirs = origins.flatMap((origin) => other.idOf(origin) ?? []);
    return eraseFrom(world, other, theirs).told;
  });
}

/** @param by whose deed it is, for the log of the admins; nobody's when time has taken them away */
export function eraseInChannel(
  world: World,
  channel: Channel,
  ids: readonly number[],
  by?: number,
): Affected & { told: Told[] } {
  const there = [...new Set(ids)].flatMap((id) => channel.history.byId(id) ?? []);
  const gone = there.filter(({ id }) => channel.history.remove(id));
  const messages = gone.map(({ id }) => id);
  if (by !== undefined) for (const message of gone) channel.log.add(by, { kind: "deleted", message });
  if (messages.length === 0) return { pts: channel.journal.pts, pts_count: 0, told: [] };
  for (const message of gone) uncountReply(channel, message);
  channel.pinned = channel.pinned.filter((id) => !messages.includes(id));
  const at = {
    pts: channel.journal.record(messages.length, { kind: "delete", ids: messages }),
    pts_count: messages.length,
  };
  const told = world.membersAmongAccounts(channel).map((viewer) => {
    const cast = new Cast(world, viewer).add(channelPeer(channel.id));
    const update = { _: "updateDeleteChannelMessages" as const, channel_id: BigInt(channel.id), messages, ...at };
    return { viewer, updates: updatesOf(cast, [update]) };
  });
  return { ...at, told };
}
