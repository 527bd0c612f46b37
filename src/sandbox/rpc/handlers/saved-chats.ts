import type * as Tl from "../../tl/types.js";
import { fromPlace } from "../../world/history.js";
import { peerKey, tlPeer, userPeer, type Peer } from "../../world/peer.js";
import type { Message } from "../../world/message.js";
import { Cast } from "../../world/present/cast.js";
import { presentMessage } from "../../world/present/message.js";
import { StoredHistory } from "../../world/stored-history.js";
import { cut } from "../../world/window.js";
import type { Handlers, RequestContext } from "../handler.js";
import { presentPage } from "./message-page.js";
import { mailboxOf, peerOf, targetOf } from "./resolve.js";

const PAGE_LIMIT = 100;

/** Where a saved message came from: from oneself what was written here. */
const origin = ({ forward }: Message, self: Peer): Peer => forward?.from ?? self;

const selfPeer = ({ account }: RequestContext): Peer => userPeer(account.id);

/** The newest message of each origin, newest first. */
function tops(context: RequestContext): Map<string, { readonly peer: Peer; readonly message: Message }> {
  const found = new Map<string, { readonly peer: Peer; readonly message: Message }>();
  const self = selfPeer(context);
  const saved = mailboxOf(context).dialogs.get(peerKey(self))?.history;
  for (const message of saved ? fromPlace(saved) : []) {
    const peer = origin(message, self);
    if (!found.has(peerKey(peer))) found.set(peerKey(peer), { peer, message });
  }
  return found;
}

/** The chats that Saved Messages are sorted into by where they came from (core.telegram.org/api/saved-messages). */
export const savedChats = {
  "messages.getSavedDialogs": ({ offset_id, limit }, context) => {
    const all = [...tops(context).values()];
    const rest = offset_id > 0 ? all.filter(({ message }) => message.id < offset_id) : all;
    const page = rest.slice(0, Math.min(Math.max(0, limit), PAGE_LIMIT));
    const self = selfPeer(context);
    const cast = new Cast(context.world, mailboxOf(context)).add(self);
    const dialogs = page.map(({ peer, message }): Tl.savedDialog => {
      cast.add(peer).addMessage(message);
      return { _: "savedDialog", peer: tlPeer(peer), top_message: message.id };
    });
    const messages = page.map(({ message }) => presentMessage(context.world, mailboxOf(context), self, message));
    const shown = { dialogs, messages, chats: cast.chats, users: cast.users };
    if (page.length === all.length) return { _: "messages.savedDialogs", ...shown };
    return { _: "messages.savedDialogsSlice", count: all.length, ...shown };
  },
  "messages.getPinnedSavedDialogs": () => ({
    _: "messages.savedDialogs",
    dialogs: [],
    messages: [],
    chats: [],
    users: [],
  }),
  "messages.getSavedHistory": (request, context) => {
    const wanted = peerKey(peerOf(targetOf(context, request.peer)));
    const self = selfPeer(context);
    const saved = mailboxOf(context).dialogs.get(peerKey(self))?.history;
    const history = new StoredHistory();
    for (const message of saved ? [...fromPlace(saved)].reverse() : []) {
      if (peerKey(origin(message, self)) === wanted) history.add(message);
    }
    const target = targetOf(context, { _: "inputPeerSelf" });
    return presentPage(context, target, cut(history, request), request.offset_id);
  },
} satisfies Handlers;
