import type * as Tl from "../../tl/types.js";
import { GENERAL } from "../../world/forum.js";
import { mayManage } from "../../world/members.js";
import type { Draft } from "../../world/message.js";
import type { RequestContext } from "../handler.js";
import { notServed, refuse } from "./refuse.js";
import { historyOf, isChannel, type Target } from "./resolve.js";

/** Where in a chat a new message is put: what it answers, and in which topic it lies. */
export type Placement = Pick<Draft, "replyTo" | "topId" | "inTopic">;

/** @throws REPLY_MESSAGE_ID_INVALID, TOPIC_DELETED, TOPIC_CLOSED */
export function placementOf(
  context: RequestContext,
  target: Target,
  reply: Tl.TypeInputReplyTo | undefined,
): Placement {
  const replyTo = replyIn(context, target, reply);
  const topId = topicIn(target, reply);
  checkTopic(context, target, topId);
  // Naming the topic's first message puts a message into the topic, and is no answer to who opened it.
  return { replyTo: replyTo === topId ? undefined : replyTo, ...inTopic(topId) };
}

/** @throws TOPIC_DELETED, TOPIC_CLOSED */
export function placementInTopic(context: RequestContext, target: Target, topic: number | undefined): Placement {
  if (topic !== undefined && !(isChannel(target) && target.forum?.get(topic))) throw refuse("TOPIC_DELETED");
  checkTopic(context, target, topic);
  return inTopic(topic);
}

/** What lies in the general topic names none. */
const inTopic = (topId: number | undefined): Placement =>
  topId === undefined || topId === GENERAL ? {} : { topId, inTopic: true };

function replyIn(context: RequestContext, target: Target, reply: Tl.TypeInputReplyTo | undefined): number | undefined {
  if (!reply) return undefined;
  if (reply._ !== "inputReplyToMessage" || reply.reply_to_peer_id) throw notServed();
  if (!historyOf(context, target).byId(reply.reply_to_msg_id)) throw refuse("REPLY_MESSAGE_ID_INVALID");
  return reply.reply_to_msg_id;
}

function topicIn(target: Target, reply: Tl.TypeInputReplyTo | undefined): number | undefined {
  if (!isChannel(target) || !target.forum || reply?._ !== "inputReplyToMessage") return undefined;
  const { reply_to_msg_id: id, top_msg_id: top } = reply;
  if (top !== undefined && !target.forum.get(top)) throw refuse("TOPIC_DELETED");
  return top ?? (target.forum.get(id) ? id : target.history.byId(id)?.topId);
}

/** A closed topic takes messages of admins only. */
function checkTopic(context: RequestContext, target: Target, topicId: number | undefined): void {
  if (!isChannel(target) || !target.forum) return;
  const manages = mayManage(target.members.get(context.account.id));
  if (target.forum.get(topicId ?? GENERAL)?.closed && !manages) throw refuse("TOPIC_CLOSED");
}
