import type { Channel } from "./chat.js";
import { copiesOf } from "./copies.js";
import type { Message } from "./message.js";
import { channelPeer, tlPeer } from "./peer.js";
import { tellOf, type Told } from "./told.js";
import type { World } from "./world.js";

/** Pins a message of a channel or supergroup, or takes the pin away. @param by who does it */
export function pinInChannel(world: World, channel: Channel, message: Message, pinned: boolean, by: number): Told[] {
  const { id } = message;
  const changed = { ...message, pinned: pinned || undefined };
  channel.history.replace(changed);
  channel.log.add(by, { kind: "pinned", message: changed });
  const others = channel.pinned.filter((other) => other !== id);
  channel.pinned = pinned ? [id, ...others] : others;
  const peer = channelPeer(channel.id);
  const pts = channel.journal.record(1, { kind: pinned ? "pin" : "unpin", peer, ids: [id] });
  return world.membersAmongAccounts(channel).map((viewer) =>
    tellOf(world, viewer, peer, {
      _: "updatePinnedChannelMessages",
      pinned: pinned || undefined,
      channel_id: BigInt(channel.id),
      messages: [id],
      pts,
      pts_count: 1,
    }),
  );
}

/**
 * The same in a private chat or basic group.
 *
 * @param onlyFor the account for which alone it happens
 */
export function pinCopies(world: World, message: Message, pinned: boolean, onlyFor?: number): Told[] {
  const copies = copiesOf(world, message).filter(({ viewer }) => onlyFor === undefined || viewer.accountId === onlyFor);
  return copies.map(({ viewer, dialog, message: copy }) => {
    const { peer } = dialog;
    dialog.history.replace({ ...copy, pinned: pinned || undefined });
    const pts = viewer.journal.record(1, { kind: pinned ? "pin" : "unpin", peer, ids: [copy.id] });
    return tellOf(world, viewer, peer, {
      _: "updatePinnedMessages",
      pinned: pinned || undefined,
      peer: tlPeer(peer),
      messages: [copy.id],
      pts,
      pts_count: 1,
    });
  });
}
