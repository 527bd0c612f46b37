import type * as Tl from "../../tl/types.js";
import { deliver, type Delivery } from "../../world/deliver.js";
import { GENERAL } from "../../world/forum.js";
import { mayManage } from "../../world/members.js";
import { userPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { newMessageUpdate, newMessageUpdates, updatesOf } from "../../world/present/updates.js";
import { RpcError, type Handlers, type RequestContext } from "../handler.js";
import { forbid, notServed, refuse } from "./refuse.js";
import { conversationOf, historyOf, isChannel, mailboxOf, targetOf, type Target } from "./resolve.js";
import { acceptText } from "./text.js";

type Request = Tl.messages_sendMessageRequest;

/** @throws CHAT_WRITE_FORBIDDEN, INPUT_USER_DEACTIVATED */
export function checkMayWrite(context: RequestContext, target: Target): void {
  if (target.kind === "user") {
    if (target.user.deleted) throw refuse("INPUT_USER_DEACTIVATED");
  } else if (target.kind === "group") {
    if (!target.writableBy(context.account.id)) throw forbid("CHAT_WRITE_FORBIDDEN");
  } else if (!target.writableBy(context.account.id)) {
    throw forbid("CHAT_WRITE_FORBIDDEN");
  }
}

/** A random id is good for one message, in whatever chat; it counts as used once the message stands. */
export function checkRandomId(context: RequestContext, randomId: bigint): void {
  if (randomId === 0n) throw refuse("RANDOM_ID_EMPTY");
  if (context.world.randomIds.has(context.account.id, randomId)) throw new RpcError(500, "RANDOM_ID_DUPLICATE");
}

/** A closed topic takes messages of admins only. */
function checkTopic(context: RequestContext, target: Target, topicId: number | undefined): void {
  if (!isChannel(target) || !target.forum) return;
  const manages = mayManage(target.members.get(context.account.id));
  if (target.forum.get(topicId ?? GENERAL)?.closed && !manages) throw refuse("TOPIC_CLOSED");
}

function topicIn(target: Target, reply: Tl.TypeInputReplyTo | undefined): number | undefined {
  if (!isChannel(target) || !target.forum || reply?._ !== "inputReplyToMessage") return undefined;
  if (reply.top_msg_id !== undefined) return reply.top_msg_id;
  const { reply_to_msg_id: id } = reply;
  return target.forum.get(id) ? id : target.history.byId(id)?.topId;
}

function replyIn(context: RequestContext, target: Target, reply: Tl.TypeInputReplyTo | undefined): number | undefined {
  if (!reply) return undefined;
  if (reply._ !== "inputReplyToMessage" || reply.reply_to_peer_id) throw notServed();
  if (!historyOf(context, target).byId(reply.reply_to_msg_id)) throw refuse("REPLY_MESSAGE_ID_INVALID");
  return reply.reply_to_msg_id;
}

/** Tells everybody who got it, and returns the sender's own copy. */
export function announce(context: RequestContext, deliveries: readonly Delivery[]): Delivery {
  for (const delivery of deliveries) {
    context.push(context.world.account(delivery.accountId), newMessageUpdates(context.world, delivery));
  }
  const own = deliveries.find((delivery) => delivery.accountId === context.account.id);
  if (!own) throw new Error("the sender got no copy of the message");
  return own;
}

export function sentUpdates(context: RequestContext, own: Delivery, randomId: bigint): Tl.updates {
  const viewer = mailboxOf(context);
  const { dialog, message, pts } = own;
  const cast = new Cast(context.world, viewer).add(dialog.peer).addMessage(message);
  const channel_id = BigInt(dialog.peer.id);
  const read: Tl.TypeUpdate[] =
    dialog.peer.kind === "channel"
      ? [{ _: "updateReadChannelInbox", channel_id, max_id: message.id, still_unread_count: 0, pts }]
      : [];
  return updatesOf(cast, [
    { _: "updateMessageID", id: message.id, random_id: randomId },
    ...read,
    newMessageUpdate(context.world, viewer, own),
  ]);
}

function sentTo(context: RequestContext, target: Target, own: Delivery, request: Request): Tl.TypeUpdates {
  if (target.kind !== "user") return sentUpdates(context, own, request.random_id);
  const { id, date, entities } = own.message;
  const out = target.user.id !== context.account.id || undefined;
  return { _: "updateShortSentMessage", out, id, pts: own.pts, pts_count: 1, date, entities };
}

export const send = {
  "messages.sendMessage": (request, context) => {
    const target = targetOf(context, request.peer);
    if (request.schedule_date !== undefined || request.send_as) throw notServed();
    checkMayWrite(context, target);
    const { text, entities } = acceptText(context, request.message, request.entities);
    const replyTo = replyIn(context, target, request.reply_to);
    checkTopic(context, target, topicIn(target, request.reply_to));
    checkRandomId(context, request.random_id);
    const post = target.kind === "channel";
    const deliveries = deliver(
      context.world,
      conversationOf(context, target),
      {
        date: Math.floor(context.now / 1000),
        text,
        entities,
        replyTo,
        from: post ? undefined : userPeer(context.account.id),
        reach: post ? { views: 1, forwards: 0 } : undefined,
        silent: request.silent,
      },
      context.account.id,
    );
    context.world.randomIds.add(context.account.id, request.random_id);
    return sentTo(context, target, announce(context, deliveries), request);
  },
} satisfies Handlers;
