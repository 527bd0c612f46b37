import { newest } from "./history.js";
import { channelPeer, chatPeer, markedId, peerKey, type Peer } from "./peer.js";
import type { World } from "./world.js";

/** A chat of the sandbox, as its info names it. */
export interface ChatInfo {
  /** Positive for users, negative for groups, -100… for supergroups and channels. */
  readonly id: number;
  readonly title: string;
  readonly username?: string;
  readonly kind: "user" | "group" | "supergroup" | "channel";
}

export function listChats(world: World): ChatInfo[] {
  return allPeers(world).map((peer) => chatInfo(world, peer));
}

export function chatInfo(world: World, peer: Peer): ChatInfo {
  const named = peer.kind === "user" ? world.users.get(peer.id) : world.channels.get(peer.id);
  return {
    id: markedId(peer),
    title: world.titleOf(peer),
    kind: kindOf(world, peer),
    ...(named?.username === undefined || peer.kind === "chat" ? {} : { username: named.username }),
  };
}

function kindOf(world: World, peer: Peer): ChatInfo["kind"] {
  if (peer.kind === "user") return "user";
  return peer.kind === "chat" ? "group" : (world.channels.get(peer.id)?.kind ?? "channel");
}

/** The people somebody has written with, the groups and the channels, each once. */
export function allPeers(world: World): Peer[] {
  const peers = new Map<string, Peer>();
  for (const mailbox of world.mailboxes()) {
    for (const { peer, history } of mailbox.dialogs.values()) {
      if (peer.kind === "user" && newest(history)) peers.set(peerKey(peer), peer);
    }
  }
  for (const id of world.groups.keys()) peers.set(peerKey(chatPeer(id)), chatPeer(id));
  for (const { id, isGone } of world.channels.values())
    if (!isGone) peers.set(peerKey(channelPeer(id)), channelPeer(id));
  return [...peers.values()];
}
