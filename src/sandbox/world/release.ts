import { deliver } from "./deliver.js";
import { tlPeer } from "./peer.js";
import type { Scheduled } from "./schedule.js";
import { tellAll, tellDeliveries, tellOf, type Told } from "./told.js";
import type { World } from "./world.js";

/** Sends a message that has waited. Nothing comes of it when its author may no longer write there. */
export function release(world: World, entry: Scheduled): Told[] {
  const { account, to, draft } = entry;
  if (to.kind !== "private" && !to.writableBy(account)) return [gone(world, entry)];
  const date = Math.floor(world.now() / 1000);
  const deliveries = deliver(world, to, { ...draft, date, fromScheduled: true }, account);
  const own = deliveries.find(({ accountId }) => accountId === account);
  return [...tellDeliveries(world, deliveries), gone(world, entry, own?.message.id)];
}

/** Its author hears that it waits no longer, and as which message it was sent. */
export function gone(world: World, { account, peer, id }: Scheduled, sentAs?: number): Told {
  const viewer = world.mailbox(account);
  if (!viewer) throw new Error(`account ${account} is not of this world`);
  const sent_messages = sentAs === undefined ? undefined : [sentAs];
  return tellOf(world, viewer, peer, {
    _: "updateDeleteScheduledMessages",
    peer: tlPeer(peer),
    messages: [id],
    sent_messages,
  });
}

/** Lets happen what has come due, and tells everybody. */
export function passTime(world: World): void {
  for (const entry of world.schedule.takeDue(world.now() / 1000)) {
    tellAll(world, release(world, entry));
  }
  tellAll(world, world.expiry.carryOut(world, world.now() / 1000));
}
