import { fromPlace, type History } from "../../world/history.js";
import type { Message } from "../../world/message.js";
import { channelPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { presentMessage } from "../../world/present/message.js";
import { cut } from "../../world/window.js";
import type { Handlers, RequestContext } from "../handler.js";
import { presentPage } from "./message-page.js";
import { refuse } from "./refuse.js";
import { mailboxOf, targetOf } from "./resolve.js";
import { selected } from "./selection.js";
import { readMarkOf, threadOf, type Thread } from "./threads.js";
import { belongingTo } from "./wanted.js";

/** Oldest first: nothing above the top of a thread can belong to it. */
function* oldestFrom(history: History, id: number): Generator<Message> {
  for (let place = history.placeBelow(id) - 1; place >= 0; place--) {
    const message = history.at(place);
    if (message) yield message;
  }
}

function messagesIn(context: RequestContext, { group, top }: Thread) {
  const { history, journal } = group;
  return selected(
    history,
    [context.account.id, journal.pts, "thread", top],
    () => oldestFrom(history, group.forum ? 1 : top),
    belongingTo(group, top),
  );
}

export const replies = {
  "messages.getReplies": (request, context) => {
    const thread = threadOf(targetOf(context, request.peer), request.msg_id);
    return presentPage(context, thread.group, cut(messagesIn(context, thread), request), request.offset_id);
  },
  "messages.getDiscussionMessage": ({ peer, msg_id }, context) => {
    const thread = threadOf(targetOf(context, peer), msg_id);
    const { group, top } = thread;
    const root = group.history.byId(top);
    if (!root) throw refuse("MSG_ID_INVALID");
    const viewer = mailboxOf(context);
    const home = channelPeer(group.id);
    const cast = new Cast(context.world, viewer).add(home).addMessage(root);
    const answers = messagesIn(context, thread);
    const [newest] = fromPlace(answers);
    const { inbox, outbox } = readMarkOf(context, thread);
    return {
      _: "messages.discussionMessage",
      messages: [presentMessage(context.world, viewer, home, root)],
      max_id: newest?.id,
      read_inbox_max_id: inbox,
      read_outbox_max_id: outbox,
      unread_count: answers.placeBelow(inbox + 1),
      chats: cast.chats,
      users: cast.users,
    };
  },
} satisfies Handlers;
