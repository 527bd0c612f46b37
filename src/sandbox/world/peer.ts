import type * as Tl from "../tl/types.js";

/** A user, a basic group ("chat" in TL) or a channel (supergroups are channels too), by its bare id. */
export interface Peer {
  readonly kind: "user" | "chat" | "channel";
  readonly id: number;
}

export const userPeer = (id: number): Peer => ({ kind: "user", id });
export const chatPeer = (id: number): Peer => ({ kind: "chat", id });
export const channelPeer = (id: number): Peer => ({ kind: "channel", id });

export const peerKey = (peer: Peer): string => `${peer.kind}:${peer.id}`;

export const samePeer = (a: Peer, b: Peer): boolean => a.kind === b.kind && a.id === b.id;

export function tlPeer(peer: Peer): Tl.TypePeer {
  switch (peer.kind) {
    case "user":
      return { _: "peerUser", user_id: BigInt(peer.id) };
    case "chat":
      return { _: "peerChat", chat_id: BigInt(peer.id) };
    case "channel":
      return { _: "peerChannel", channel_id: BigInt(peer.id) };
  }
}

/** The id that tells kinds apart, as the Bot API writes it: groups negative, channels and supergroups -100 and ten digits. */
export function markedId({ kind, id }: Peer): number {
  if (kind === "user") return id;
  return kind === "chat" ? -id : -1_000_000_000_000 - id;
}
