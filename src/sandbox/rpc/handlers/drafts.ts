import type * as Tl from "../../tl/types.js";
import type { SavedDraft } from "../../world/drafts.js";
import { Cast } from "../../world/present/cast.js";
import { draftUpdate, presentDraft } from "../../world/present/draft.js";
import { updatesOf } from "../../world/present/updates.js";
import type { Handlers, RequestContext } from "../handler.js";
import { notServed } from "./refuse.js";
import { mailboxOf, peerOf, targetOf } from "./resolve.js";

/** An empty text takes the draft away. */
function save(context: RequestContext, request: Tl.messages_saveDraftRequest): SavedDraft | undefined {
  const { reply_to: reply, message: text, entities, no_webpage: noWebpage } = request;
  if (request.media || reply?._ === "inputReplyToStory") throw notServed();
  const peer = peerOf(targetOf(context, request.peer));
  const topic = reply?.top_msg_id;
  const { drafts } = mailboxOf(context);
  if (text === "" && (reply === undefined || reply.reply_to_msg_id === topic)) {
    drafts.clear(peer, topic);
    return undefined;
  }
  const replyTo = reply?.reply_to_msg_id;
  const date = Math.floor(context.now / 1000);
  const draft: SavedDraft = { peer, topic, text, entities, replyTo, noWebpage, date };
  drafts.set(draft);
  return draft;
}

/** Texts left in input fields (core.telegram.org/api/drafts). */
export const drafts = {
  "messages.saveDraft": (request, context) => {
    const draft = save(context, request);
    const peer = peerOf(targetOf(context, request.peer));
    const topic = request.reply_to?._ === "inputReplyToMessage" ? request.reply_to.top_msg_id : undefined;
    const shown = presentDraft(draft, Math.floor(context.now / 1000));
    const cast = new Cast(context.world, mailboxOf(context)).add(peer);
    context.push(context.account, updatesOf(cast, [draftUpdate(peer, topic, shown)]));
    return true;
  },
  "messages.getAllDrafts": (_, context) => {
    const viewer = mailboxOf(context);
    const cast = new Cast(context.world, viewer);
    const all = viewer.drafts.all().map((draft) => {
      cast.add(draft.peer);
      return draftUpdate(draft.peer, draft.topic, presentDraft(draft));
    });
    return updatesOf(cast, all);
  },
  "messages.clearAllDrafts": (_, context) => {
    const viewer = mailboxOf(context);
    const date = Math.floor(context.now / 1000);
    const cast = new Cast(context.world, viewer);
    const gone = viewer.drafts.all().map(({ peer, topic }) => {
      cast.add(peer);
      viewer.drafts.clear(peer, topic);
      return draftUpdate(peer, topic, presentDraft(undefined, date));
    });
    context.push(context.account, updatesOf(cast, gone));
    return true;
  },
} satisfies Handlers;
