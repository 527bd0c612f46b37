import { mayManage } from "../../world/members.js";
import type { Message } from "../../world/message.js";
import { reviseCopies, reviseInChannel, revisedUpdates } from "../../world/revise.js";
import type { Handlers, RequestContext } from "../handler.js";
import { forbid, notServed, refuse } from "./refuse.js";
import { historyOf, isChannel, mailboxOf, targetOf, type Target } from "./resolve.js";
import { acceptCaption, acceptText, type Text } from "./text.js";
import { isScheduledEdit, editScheduled } from "./edit-scheduled.js";

/** Own messages can be changed for two days, in Saved Messages and channels without end. */
const EDIT_SECONDS = 48 * 3600;

function checkMayEdit(context: RequestContext, target: Target, message: Message): void {
  const own = message.from?.kind === "user" && message.from.id === context.account.id;
  if (target.kind === "channel") {
    if (!mayManage(target.members.get(context.account.id))) throw forbid("MESSAGE_AUTHOR_REQUIRED");
    return;
  }
  if (!own || message.forward) throw forbid("MESSAGE_AUTHOR_REQUIRED");
  const saved = target.kind === "user" && target.user.id === context.account.id;
  if (!saved && context.now / 1000 - message.date > EDIT_SECONDS) throw refuse("MESSAGE_EDIT_TIME_EXPIRED");
}

function checkChanges(message: Message, text: Text): void {
  const marks = (entities: Message["entities"]) =>
    JSON.stringify(entities ?? [], (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
  if (message.text === text.text && marks(message.entities) === marks(text.entities)) {
    throw refuse("MESSAGE_NOT_MODIFIED");
  }
}

export const edit = {
  "messages.editMessage": (request, context) => {
    const target = targetOf(context, request.peer);
    if (request.media) throw notServed();
    if (isScheduledEdit(request)) return editScheduled(context, target, request);
    const message = historyOf(context, target).byId(request.id);
    if (!message || message.action) throw refuse("MESSAGE_ID_INVALID");
    checkMayEdit(context, target, message);
    const isCaption = message.media !== undefined && message.media.kind !== "plain";
    const text = (isCaption ? acceptCaption : acceptText)(context, request.message ?? "", request.entities);
    checkChanges(message, text);
    const edited = { ...message, ...text, editDate: Math.floor(context.now / 1000) };
    const told = isChannel(target)
      ? reviseInChannel(context.world, target, edited)
      : reviseCopies(context.world, edited);
    for (const one of told)
      context.push(context.world.account(one.viewer.accountId), revisedUpdates(context.world, one));
    const own = told.find(({ viewer }) => viewer === mailboxOf(context));
    if (!own) throw new Error("the editor does not see the message");
    return revisedUpdates(context.world, own);
  },
} satisfies Handlers;
