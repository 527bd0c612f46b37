import type { Channel, Group } from "../chat.js";
import type { Mailbox } from "../mailbox.js";
import { channelPeer, chatPeer, peerKey, userPeer, type Peer } from "../peer.js";
import type { World } from "../world.js";
import { wrong } from "./fault.js";
import { personOf } from "./people.js";
import type { AccountPlan, Reference } from "./schema.js";

/** By id, `@username` or title. */
export function channelNamed(world: World, which: Reference): Channel | undefined {
  const name = typeof which === "string" ? which.replace(/^@/, "").toLowerCase() : undefined;
  for (const channel of world.channels.values()) {
    if (channel.id === which || (name !== undefined && channel.username?.toLowerCase() === name)) return channel;
    if (name !== undefined && channel.title.toLowerCase() === name) return channel;
  }
  return undefined;
}

/** By id or title. */
export function groupNamed(world: World, which: Reference): Group | undefined {
  for (const group of world.groups.values()) {
    if (group.id === which || (typeof which === "string" && group.title.toLowerCase() === which.toLowerCase())) {
      return group;
    }
  }
  return undefined;
}

function peerNamed(world: World, which: Reference): Peer {
  const channel = channelNamed(world, which);
  if (channel) return channelPeer(channel.id);
  const group = groupNamed(world, which);
  return group ? chatPeer(group.id) : userPeer(personOf(world, which));
}

/** How an account has ordered its list of chats. */
export function arrange(world: World, mailbox: Mailbox, { pinned, muted, archived }: AccountPlan): void {
  const dialog = (which: Reference) => {
    const found = mailbox.dialogs.get(peerKey(peerNamed(world, which)));
    if (!found) throw wrong(`${JSON.stringify(which)} is not in the account's list of chats`);
    return found;
  };
  pinned.map(dialog).forEach((one, place) => {
    one.pinned = place + 1;
  });
  for (const one of muted.map(dialog)) one.muted = true;
  for (const one of archived.map(dialog)) one.folder = 1;
}
