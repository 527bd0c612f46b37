import type * as Tl from "../tl/types.js";
import type { Channel } from "./chat.js";
import { copiesOf } from "./copies.js";
import type { Mailbox } from "./mailbox.js";
import type { Message, Reaction } from "./message.js";
import { channelPeer, samePeer, tlPeer, type Peer } from "./peer.js";
import { Cast } from "./present/cast.js";
import { presentReactions } from "./present/reply.js";
import { updatesOf } from "./present/updates.js";
import type { Told } from "./told.js";
import type { World } from "./world.js";

export const sameReaction = (a: Tl.TypeReaction, b: Tl.TypeReaction): boolean => {
  if (a._ === "reactionEmoji" && b._ === "reactionEmoji") return bare(a.emoticon) === bare(b.emoticon);
  if (a._ === "reactionCustomEmoji" && b._ === "reactionCustomEmoji") return a.document_id === b.document_id;
  return a._ === b._;
};

/** Clients write an emoji with or without the mark that asks for its coloured form. */
const bare = (emoji: string): string => emoji.replaceAll("\ufe0f", "");

/** What one person chose in place of what he had chosen before. */
export function chosen(
  before: readonly Reaction[] = [],
  from: Peer,
  choice: readonly Tl.TypeReaction[],
  date: number,
): readonly Reaction[] {
  const without = before.flatMap((one): Reaction[] => {
    const recent = one.recent.filter((other) => !samePeer(other.from, from));
    const count = one.count - (one.recent.length - recent.length);
    return count > 0 ? [{ ...one, recent, count }] : [];
  });
  return choice.reduce<readonly Reaction[]>((all, reaction) => {
    const mine = { from, date };
    if (!all.some((one) => sameReaction(one.reaction, reaction))) {
      return [...all, { reaction, count: 1, recent: [mine] }];
    }
    return all.map((one) =>
      sameReaction(one.reaction, reaction) ? { ...one, count: one.count + 1, recent: [mine, ...one.recent] } : one,
    );
  }, without);
}

function tell(world: World, viewer: Mailbox, peer: Peer, message: Message): Told {
  const isPost = peer.kind === "channel" && world.channels.get(peer.id)?.kind === "channel";
  const none = { _: "messageReactions", results: [] } as const;
  const update: Tl.updateMessageReactions = {
    _: "updateMessageReactions",
    peer: tlPeer(peer),
    msg_id: message.id,
    top_msg_id: message.inTopic ? message.topId : undefined,
    reactions: presentReactions(message.reactions, viewer.accountId, isPost) ?? none,
  };
  return { viewer, updates: updatesOf(new Cast(world, viewer).add(peer).addMessage(message), [update]) };
}

export function reactInChannel(world: World, channel: Channel, message: Message): Told[] {
  channel.history.replace(message);
  const peer = channelPeer(channel.id);
  return world.membersAmongAccounts(channel).map((viewer) => tell(world, viewer, peer, message));
}

export function reactOnCopies(world: World, message: Message): Told[] {
  return copiesOf(world, message).map(({ viewer, dialog, message: copy }) => {
    const reacted = { ...copy, reactions: message.reactions };
    dialog.history.replace(reacted);
    return tell(world, viewer, dialog.peer, reacted);
  });
}
