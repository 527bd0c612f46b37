import type * as Tl from "../../tl/types.js";
import type { LoggedEvent } from "../../world/admin-log.js";
import type { Channel } from "../../world/chat.js";
import type { Media } from "../../world/media.js";
import { hasRight } from "../../world/members.js";
import type { Message } from "../../world/message.js";
import { reviseCopies, reviseInChannel, revisedUpdates } from "../../world/revise.js";
import type { Handlers, RequestContext } from "../handler.js";
import { acceptMedia } from "./accept-media.js";
import { inWords } from "./in-words.js";
import { acceptMarkup } from "./markup.js";
import { closePoll } from "./polls.js";
import { forbid, refuse } from "./refuse.js";
import { historyOf, isChannel, mailboxOf, targetOf, type Target } from "./resolve.js";
import { acceptCaption, acceptText, type Text } from "./text.js";
import { isScheduledEdit, editScheduled } from "./edit-scheduled.js";

/** Own messages can be changed for two days, in Saved Messages and channels without end. */
const EDIT_SECONDS = 48 * 3600;

function checkMayEdit(context: RequestContext, target: Target, message: Message): void {
  const own = message.from?.kind === "user" && message.from.id === context.account.id;
  if (target.kind === "channel") {
    if (!mayEditPost(context, target, message)) throw forbid("MESSAGE_AUTHOR_REQUIRED");
    return;
  }
  if (!own || message.forward) throw forbid("MESSAGE_AUTHOR_REQUIRED");
  const saved = target.kind === "user" && target.user.id === context.account.id;
  if (!saved && context.now / 1000 - message.date > EDIT_SECONDS) throw refuse("MESSAGE_EDIT_TIME_EXPIRED");
}

/** Whoever may post changes his own posts, too. They name no author: for as long as that counts, the log tells. */
function mayEditPost({ account }: RequestContext, { members, log }: Channel, { id }: Message): boolean {
  const self = members.get(account.id);
  const posted = ({ by, deed }: LoggedEvent): boolean =>
    by === account.id && "kind" in deed && deed.kind === "sent" && deed.message.id === id;
  return hasRight(self, "edit_messages") || (hasRight(self, "post_messages") && log.events().some(posted));
}

const sameMarkup = (one: Message["replyMarkup"], other: Message["replyMarkup"]): boolean =>
  one === other || inWords(one) === inWords(other);

function checkChanges(message: Message, text: Text): void {
  const marks = (entities: Message["entities"]) => inWords(entities ?? []);
  if (message.text === text.text && marks(message.entities) === marks(text.entities)) {
    throw refuse("MESSAGE_NOT_MODIFIED");
  }
}

/** A request without a text leaves the one there is. */
function changes(
  context: RequestContext,
  target: Target,
  message: Message,
  request: Tl.messages_editMessageRequest,
): Partial<Message> {
  const media = request.media ? newMedia(context, target, message, request.media) : message.media;
  const isCaption = media !== undefined && media.kind !== "plain";
  const changesMarkup = context.world.isBot(context.account.id) && request.message === undefined;
  const kept = request.message === undefined && (request.media !== undefined || changesMarkup);
  const said = kept ? message.text : (request.message ?? "");
  const text = (isCaption ? acceptCaption : acceptText)(context, said, kept ? message.entities : request.entities);
  // A bot's edit that says nothing of buttons takes them away (core.telegram.org/bots/api#editmessagetext).
  const isBot = context.world.isBot(context.account.id);
  const replyMarkup = isBot ? acceptMarkup(context, request.reply_markup) : message.replyMarkup;
  if (media === message.media && sameMarkup(replyMarkup, message.replyMarkup)) checkChanges(message, text);
  return { ...text, media, replyMarkup };
}

/** A text stays a text, and a picture or file is replaced by another. */
function newMedia(context: RequestContext, target: Target, message: Message, input: Tl.TypeInputMedia): Media {
  if (!message.media || message.media.kind === "plain") throw refuse("MEDIA_PREV_INVALID");
  const media = acceptMedia(context, target, input);
  if (media.kind === "plain") throw refuse("MEDIA_NEW_INVALID");
  return media;
}

/** Nothing about a poll can be changed but that it is over. */
function pollEdit(context: RequestContext, target: Target, message: Message, { poll }: Tl.inputMediaPoll): Tl.updates {
  if (!poll.closed) throw refuse("MESSAGE_NOT_MODIFIED");
  return closePoll(context, target, message);
}

/** Who has left changes nothing there any more. @throws CHAT_WRITE_FORBIDDEN */
function checkIsIn({ account }: RequestContext, target: Target): void {
  if (target.kind !== "user" && !target.members.get(account.id)) throw forbid("CHAT_WRITE_FORBIDDEN");
}

export const edit = {
  "messages.editMessage": (request, context) => {
    const target = targetOf(context, request.peer);
    checkIsIn(context, target);
    if (isScheduledEdit(request)) return editScheduled(context, target, request);
    const message = historyOf(context, target).byId(request.id);
    if (!message || message.action) throw refuse("MESSAGE_ID_INVALID");
    checkMayEdit(context, target, message);
    if (request.media?._ === "inputMediaPoll") return pollEdit(context, target, message, request.media);
    const changed = changes(context, target, message, request);
    const edited = { ...message, ...changed, editDate: Math.floor(context.now / 1000) };
    const told = isChannel(target)
      ? reviseInChannel(context.world, target, edited, context.account.id)
      : reviseCopies(context.world, edited);
    for (const one of told)
      context.push(context.world.account(one.viewer.accountId), revisedUpdates(context.world, one));
    const own = told.find(({ viewer }) => viewer === mailboxOf(context));
    if (!own) throw new Error("the editor does not see the message");
    return revisedUpdates(context.world, own);
  },
} satisfies Handlers;
