import type * as Tl from "../../tl/types.js";
import { Cast } from "../../world/present/cast.js";
import { gone, release } from "../../world/release.js";
import type { Scheduled } from "../../world/schedule.js";
import type { Handlers, RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { mailboxOf, peerOf, targetOf } from "./resolve.js";
import { presentScheduled } from "./scheduling.js";
import { tell } from "./tell.js";

/** The last one due comes first. */
function answer(context: RequestContext, entries: readonly Scheduled[]): Tl.messages_messages {
  const cast = new Cast(context.world, mailboxOf(context));
  const messages = [...entries].reverse().map((entry) => {
    cast.add(entry.peer).addMessage({ ...entry.draft, id: entry.id });
    return presentScheduled(context, entry);
  });
  return { _: "messages.messages", messages, chats: cast.chats, users: cast.users };
}

function waitingIn(context: RequestContext, input: Tl.TypeInputPeer): readonly Scheduled[] {
  return context.world.schedule.of(context.account.id, peerOf(targetOf(context, input)));
}

function taken(context: RequestContext, input: Tl.TypeInputPeer, ids: readonly number[]): readonly Scheduled[] {
  const entries = context.world.schedule.take(context.account.id, peerOf(targetOf(context, input)), ids);
  if (entries.length === 0) throw refuse("MESSAGE_ID_INVALID");
  return entries;
}

/** Messages that wait for their time (core.telegram.org/api/scheduled-messages). */
export const scheduled = {
  "messages.getScheduledHistory": ({ peer }, context) => answer(context, waitingIn(context, peer)),
  "messages.getScheduledMessages": ({ peer, id: ids }, context) =>
    answer(
      context,
      waitingIn(context, peer).filter(({ id }) => ids.includes(id)),
    ),
  "messages.sendScheduledMessages": ({ peer, id }, context) =>
    tell(
      context,
      taken(context, peer, id).flatMap((entry) => release(context.world, entry)),
    ),
  "messages.deleteScheduledMessages": ({ peer, id }, context) =>
    tell(
      context,
      taken(context, peer, id).map((entry) => gone(context.world, entry)),
    ),
} satisfies Handlers;
