import type * as Tl from "../../tl/types.js";
import { Cast } from "../../world/present/cast.js";
import { updatesOf } from "../../world/present/updates.js";
import type { RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { mailboxOf, peerOf, type Target } from "./resolve.js";
import { isLater, newScheduled } from "./scheduling.js";
import { acceptCaption, acceptText } from "./text.js";

type Request = Tl.messages_editMessageRequest;
type Later = Request & { readonly schedule_date: number };

/** With a date of sending it is a message that still waits (core.telegram.org/api/scheduled-messages). */
export const isScheduledEdit = (request: Request): request is Later => request.schedule_date !== undefined;

/** @throws MESSAGE_ID_INVALID, SCHEDULE_DATE_INVALID, SCHEDULE_DATE_TOO_LATE */
export function editScheduled(context: RequestContext, target: Target, request: Later): Tl.updates {
  const { world, account } = context;
  const peer = peerOf(target);
  const waiting = world.schedule.of(account.id, peer).find(({ id }) => id === request.id);
  if (!waiting) throw refuse("MESSAGE_ID_INVALID");
  if (!isLater(context, request.schedule_date)) throw refuse("SCHEDULE_DATE_INVALID");
  const accept = waiting.draft.media ? acceptCaption : acceptText;
  const text = request.message === undefined ? {} : accept(context, request.message, request.entities);
  const changed = { ...waiting, draft: { ...waiting.draft, ...text, date: request.schedule_date } };
  world.schedule.replace(changed);
  const updates = updatesOf(new Cast(world, mailboxOf(context)).add(peer), [newScheduled(context, changed)]);
  context.push(account, updates);
  return updates;
}
