import type * as Tl from "../../tl/types.js";
import { deliver, type Delivery } from "../../world/deliver.js";
import type { Draft } from "../../world/message.js";
import { peerKey, userPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { draftUpdate, presentDraft } from "../../world/present/draft.js";
import { newMessageUpdate, newMessageUpdates, updatesOf } from "../../world/present/updates.js";
import { RpcError, type RequestContext } from "../handler.js";
import { setPeriod } from "./history-ttl.js";
import { acceptMarkup } from "./markup.js";
import { checkSlowMode, noteWritten } from "./may-write.js";
import { notServed, refuse } from "./refuse.js";
import { conversationOf, mailboxOf, peerOf, type Target } from "./resolve.js";
import { isLater, scheduleAll } from "./scheduling.js";
import { merged, tell } from "./tell.js";

/** A message that wants to leave: what it says, and the random id that makes it the only one. */
export interface Outgoing {
  readonly content: Omit<Draft, "date" | "from" | "reach">;
  readonly randomId: bigint;
}

/** What all requests that send have in common. */
export interface Manner {
  readonly silent?: boolean | undefined;
  readonly noforwards?: boolean | undefined;
  readonly clear_draft?: boolean | undefined;
  readonly schedule_date?: number | undefined;
  readonly reply_markup?: Tl.TypeReplyMarkup | undefined;
  readonly send_as?: unknown;
  readonly quick_reply_shortcut?: unknown;
}

/** Each random id is good for one message, in whatever chat; it counts as used once the message stands. */
export function checkRandomIds({ world, account }: RequestContext, ids: readonly bigint[]): void {
  ids.forEach((id, index) => {
    if (id === 0n) throw refuse("RANDOM_ID_EMPTY");
    const twice = ids.indexOf(id) !== index;
    if (twice || world.randomIds.has(account.id, id)) throw new RpcError(500, "RANDOM_ID_DUPLICATE");
  });
}

export interface Sent {
  readonly updates: Tl.updates;
  /** The sender's copies; none for what waits for its time, and where more has happened than that they were written. */
  readonly own: readonly Delivery[];
}

/** Sends everything or nothing: one request's messages, now or at their time. */
export function sendOut(context: RequestContext, target: Target, outgoing: readonly Outgoing[], manner: Manner): Sent {
  if (manner.send_as || manner.quick_reply_shortcut) throw notServed();
  checkRandomIds(
    context,
    outgoing.map(({ randomId }) => randomId),
  );
  const later = isLater(context, manner.schedule_date);
  if (!later) checkSlowMode(context, target, groupsIn(outgoing));
  const replyMarkup = acceptMarkup(context, manner.reply_markup);
  const drafts = outgoing.map((one) => ({ ...one, draft: { replyMarkup, ...draftOf(context, target, one, manner) } }));
  const sent = later ? { updates: scheduleAll(context, target, drafts), own: [] } : sendNow(context, target, drafts);
  for (const { randomId } of outgoing) context.world.randomIds.add(context.account.id, randomId);
  if (manner.clear_draft) clearDraft(context, target, outgoing[0]?.content.topId);
  return sent;
}

/** An album counts as one message. */
const groupsIn = (outgoing: readonly Outgoing[]): number =>
  new Set(outgoing.map(({ content, randomId }) => content.groupedId ?? randomId)).size;

function draftOf(context: RequestContext, target: Target, { content }: Outgoing, manner: Manner): Draft {
  const post = target.kind === "channel";
  return {
    ...content,
    date: manner.schedule_date ?? 0,
    from: post ? undefined : userPeer(context.account.id),
    reach: post ? { views: 1, forwards: 0 } : undefined,
    silent: manner.silent,
    noForwards: manner.noforwards,
  };
}

interface Addressed {
  readonly draft: Draft;
  readonly randomId: bigint;
}

function sendNow(context: RequestContext, target: Target, drafts: readonly Addressed[]): Sent {
  const date = Math.floor(context.now / 1000);
  const to = conversationOf(context, target);
  const begun = beginVanishing(context, target);
  const sent = drafts.map(({ draft, randomId }) => {
    const deliveries = deliver(context.world, to, { ...draft, date }, context.account.id);
    const own = announce(context, deliveries);
    if (target.kind === "channel") target.log.add(context.account.id, { kind: "sent", message: own.message });
    return { own, randomId };
  });
  noteWritten(context, target);
  const updates = merged(context, [...begun, ...sent.map(({ own, randomId }) => sentUpdates(context, own, randomId))]);
  return { updates, own: begun.length > 0 ? [] : sent.map(({ own }) => own) };
}

/** A new chat begins with what the account has set for all of them: core.telegram.org/method/messages.setDefaultHistoryTTL */
function beginVanishing(context: RequestContext, target: Target): Tl.updates[] {
  const period = context.world.settings.historyTtl.get(context.account.id) ?? 0;
  const isNew = target.kind === "user" && !mailboxOf(context).dialogs.get(peerKey(peerOf(target)))?.history.highestId;
  if (!isNew || period === 0 || target.user.bot || target.user.id === context.account.id) return [];
  return [tell(context, setPeriod(context, target, period, true))];
}

/** Tells everybody who got it, and returns the sender's own copy. */
function announce(context: RequestContext, deliveries: readonly Delivery[]): Delivery {
  for (const delivery of deliveries) {
    context.push(context.world.account(delivery.accountId), newMessageUpdates(context.world, delivery));
  }
  const own = deliveries.find((delivery) => delivery.accountId === context.account.id);
  if (!own) throw new Error("the sender got no copy of the message");
  return own;
}

function sentUpdates(context: RequestContext, own: Delivery, randomId: bigint): Tl.updates {
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

/** What was left in the input field is gone with the message; the other sessions hear of it. */
function clearDraft(context: RequestContext, target: Target, topic: number | undefined): void {
  const viewer = mailboxOf(context);
  const peer = peerOf(target);
  if (!viewer.drafts.clear(peer, topic)) return;
  const emptied = presentDraft(undefined, Math.floor(context.now / 1000));
  const cast = new Cast(context.world, viewer).add(peer);
  context.push(context.account, updatesOf(cast, [draftUpdate(peer, topic, emptied)]));
}
