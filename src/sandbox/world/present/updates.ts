import type * as Tl from "../../tl/types.js";
import type { Delivery } from "../deliver.js";
import type { Mailbox } from "../mailbox.js";
import type { World } from "../world.js";
import { Cast } from "./cast.js";
import { presentMessage } from "./message.js";

/** The container of updates with everybody who appears in them. */
export function updatesOf(cast: Cast, updates: readonly Tl.TypeUpdate[]): Tl.updates {
  const date = Math.floor(cast.world.now() / 1000);
  return { _: "updates", updates, users: cast.users, chats: cast.chats, date, seq: 0 };
}

export function newMessageUpdate(world: World, viewer: Mailbox, delivery: Delivery): Tl.TypeUpdate {
  const message = presentMessage(world, viewer, delivery.dialog.peer, delivery.message);
  const _ = delivery.dialog.peer.kind === "channel" ? "updateNewChannelMessage" : "updateNewMessage";
  return { _, message, pts: delivery.pts, pts_count: 1 };
}

/** What the sessions of the account that got a message are told. */
export function newMessageUpdates(world: World, delivery: Delivery): Tl.updates {
  const viewer = world.mailbox(delivery.accountId);
  if (!viewer) throw new Error(`account ${delivery.accountId} is not of this world`);
  const cast = new Cast(world, viewer).add(delivery.dialog.peer).addMessage(delivery.message);
  return updatesOf(cast, [newMessageUpdate(world, viewer, delivery)]);
}
