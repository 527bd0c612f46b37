import type * as Tl from "../../tl/types.js";
import type { Mailbox } from "../mailbox.js";
import { mentions } from "../mention.js";
import type { Forward, Message } from "../message.js";
import { tlPeer, type Peer } from "../peer.js";
import type { World } from "../world.js";
import { presentMedia, presentPhoto } from "./media.js";
import { presentReactions, presentReplies, presentReply } from "./reply.js";

/** A message as one account sees it in a chat. Built once for each account, as building is what costs. */
export function presentMessage(world: World, viewer: Mailbox, peer: Peer, message: Message): Tl.TypeMessage {
  const built = viewer.built.messages.get(message);
  if (built) return built;
  const fresh = buildMessage(world, viewer.accountId, peer, message);
  // A poll changes while its message stays as it is.
  if (!holdsPoll(message)) viewer.built.messages.set(message, fresh);
  return fresh;
}

const holdsPoll = ({ media }: Message): boolean => media?.kind === "plain" && media.media._ === "messageMediaPoll";

function buildMessage(world: World, viewer: number, peer: Peer, message: Message): Tl.TypeMessage {
  const post = peer.kind === "channel" && world.channels.get(peer.id)?.kind === "channel";
  const own = message.from?.kind === "user" && message.from.id === viewer;
  const shared = {
    id: message.id,
    // What one writes to oneself is not marked as outgoing.
    out: (own && !(peer.kind === "user" && peer.id === viewer)) || undefined,
    post: post || undefined,
    mentioned: (peer.kind !== "user" && !post && mentions(world, message, viewer)) || undefined,
    silent: message.silent,
    from_id: senderOf(peer, message, own),
    peer_id: tlPeer(peer),
    reply_to: presentReply(message),
    date: message.date,
    ttl_period: message.ttlPeriod,
  };
  const reactions = presentReactions(message.reactions, viewer, post);
  if (message.action)
    return { _: "messageService", ...shared, action: withPhoto(world, message.action, message), reactions };
  return {
    _: "message",
    ...shared,
    pinned: message.pinned || undefined,
    noforwards: message.noForwards || undefined,
    from_scheduled: message.fromScheduled || undefined,
    grouped_id: message.groupedId,
    fwd_from: message.forward && presentForward(message.forward),
    via_bot_id: message.viaBot === undefined ? undefined : BigInt(message.viaBot),
    message: message.text,
    media: message.media && presentMedia(world, message.media, viewer),
    reply_markup: message.replyMarkup,
    entities: message.entities?.length ? message.entities : undefined,
    views: message.reach?.views,
    forwards: message.reach?.forwards,
    replies: presentReplies(world, peer, message),
    edit_date: message.editDate,
    post_author: message.postAuthor,
    reactions,
  };
}

/** The picture of a new chat photo is a file like any other. */
function withPhoto(world: World, action: Tl.TypeMessageAction, { media }: Message): Tl.TypeMessageAction {
  const isNew = action._ === "messageActionChatEditPhoto" || action._ === "messageActionSuggestProfilePhoto";
  return isNew && media?.kind === "photo" ? { ...action, photo: presentPhoto(world, media) } : action;
}

/** What the other one says in a private chat names no sender: it can only be the chat's peer. */
function senderOf(peer: Peer, message: Message, own: boolean): Tl.TypePeer | undefined {
  if (!message.from || (peer.kind === "user" && !own)) return undefined;
  return tlPeer(message.from);
}

function presentForward({ from, name, date, post, savedFrom }: Forward): Tl.messageFwdHeader {
  return {
    _: "messageFwdHeader",
    from_id: from && tlPeer(from),
    from_name: name,
    date,
    channel_post: post,
    saved_from_name: savedFrom,
  };
}
