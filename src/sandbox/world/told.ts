import type * as Tl from "../tl/types.js";
import type { Delivery } from "./deliver.js";
import type { Mailbox } from "./mailbox.js";
import { channelPeer, type Peer } from "./peer.js";
import { Cast } from "./present/cast.js";
import { newMessageUpdates, updatesOf } from "./present/updates.js";
import type { World } from "./world.js";

/** What one account hears of something that happened. */
export interface Told {
  readonly viewer: Mailbox;
  readonly updates: Tl.updates;
}

/** Tells each account's sessions what has happened without a request of theirs. */
export function tellAll(world: World, told: readonly Told[]): void {
  for (const { viewer, updates } of told) world.onUpdates?.(viewer.accountId, updates);
}

/** Updates about a chat, with the chat as the account sees it now. */
export function tellOf(world: World, viewer: Mailbox, peer: Peer, ...updates: readonly Tl.TypeUpdate[]): Told {
  return { viewer, updates: updatesOf(new Cast(world, viewer).add(peer), updates) };
}

/** A new message, to everybody who got it. */
export function tellDeliveries(world: World, deliveries: readonly Delivery[]): Told[] {
  return deliveries.flatMap((delivery) => {
    const viewer = world.mailbox(delivery.accountId);
    return viewer ? [{ viewer, updates: newMessageUpdates(world, delivery) }] : [];
  });
}

/** That something about a channel or supergroup has changed, and what it is like now. */
export function tellChannel(world: World, viewer: Mailbox, channelId: number): Told {
  return tellOf(world, viewer, channelPeer(channelId), { _: "updateChannel", channel_id: BigInt(channelId) });
}
