import type * as Tl from "../tl/types.js";
import { copiesOf } from "./copies.js";
import type { Channel } from "./chat.js";
import type { Message } from "./message.js";
import type { Poll } from "./polls.js";
import { Cast } from "./present/cast.js";
import { updatesOf } from "./present/updates.js";
import type { Told } from "./told.js";
import type { World } from "./world.js";

/** The poll that a message holds. */
export const pollIn = (world: World, { media }: Message): Poll | undefined =>
  media?.kind === "plain" && media.media._ === "messageMediaPoll" ? world.polls.of(media.media) : undefined;

/** How a poll stands for one account. */
export function pollState(world: World, viewer: Told["viewer"], poll: Poll): Tl.updates {
  const results = poll.presentResults(viewer.accountId);
  const cast = new Cast(world, viewer);
  for (const peer of results.recent_voters ?? []) if (peer._ === "peerUser") cast.addUser(Number(peer.user_id));
  return updatesOf(cast, [{ _: "updateMessagePoll", poll_id: poll.tl.id, poll: poll.present(), results }]);
}

/** How a poll stands, for everybody who sees the message. @param channel where the message lies in one */
export function tellPoll(world: World, channel: Channel | undefined, message: Message, poll: Poll): Told[] {
  const viewers = channel ? world.membersAmongAccounts(channel) : copiesOf(world, message).map(({ viewer }) => viewer);
  return viewers.map((viewer) => ({ viewer, updates: pollState(world, viewer, poll) }));
}
