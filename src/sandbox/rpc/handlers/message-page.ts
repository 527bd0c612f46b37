import type * as Tl from "../../tl/types.js";
import { Cast } from "../../world/present/cast.js";
import { topicOf } from "../../world/forum.js";
import { presentMessage } from "../../world/present/message.js";
import type { Page } from "../../world/window.js";
import type { RequestContext } from "../handler.js";
import { isChannel, mailboxOf, peerOf, type Target } from "./resolve.js";
import { topicsOf } from "./topics.js";

/** A part of a history with everybody who appears in it, in the form that fits the kind of chat. */
export function presentPage(
  context: RequestContext,
  target: Target,
  page: Page,
  fromId: number,
): Tl.Typemessages_Messages {
  const viewer = mailboxOf(context);
  const peer = peerOf(target);
  const cast = new Cast(context.world, viewer).add(peer);
  const messages = page.messages.map((message) => {
    cast.addMessage(message);
    return presentMessage(context.world, viewer, peer, message);
  });
  const answer = { messages, users: cast.users, chats: cast.chats };
  const place = fromId > 0 ? { offset_id_offset: page.place } : {};
  if (isChannel(target)) {
    return {
      _: "messages.channelMessages",
      pts: target.journal.pts,
      count: page.count,
      topics: target.forum ? topicsOf(context, target, page.messages.map(topicOf)) : [],
      ...place,
      ...answer,
    };
  }
  if (page.count === page.messages.length) return { _: "messages.messages", ...answer };
  return { _: "messages.messagesSlice", count: page.count, ...place, ...answer };
}
