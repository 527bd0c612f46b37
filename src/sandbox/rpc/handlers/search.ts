import type * as Tl from "../../tl/types.js";
import type { Channel } from "../../world/chat.js";
import { oldestFirst, type History } from "../../world/history.js";
import type { Message } from "../../world/message.js";
import { samePeer } from "../../world/peer.js";
import { StoredHistory } from "../../world/stored-history.js";
import { cut } from "../../world/window.js";
import type { Handlers, RequestContext } from "../handler.js";
import { presentPage } from "./message-page.js";
import { passes } from "./search-filter.js";
import { historyOf, mailboxOf, peerOf, targetOf, type Target } from "./resolve.js";

type Search = Tl.messages_searchRequest;

/** The last search in each history, as a client follows one search page by page. */
const lastSearch = new WeakMap<History, { readonly key: string; readonly found: StoredHistory }>();

function matcher(context: RequestContext, request: Search): (message: Message) => boolean {
  const words = request.q.toLowerCase().split(/\s+/).filter(Boolean);
  const from = request.from_id && peerOf(targetOf(context, request.from_id));
  return (message) => {
    if (from && !(message.from && samePeer(message.from, from))) return false;
    if (request.min_date > 0 && message.date <= request.min_date) return false;
    if (request.max_date > 0 && message.date >= request.max_date) return false;
    if (request.top_msg_id !== undefined && message.replyTo !== request.top_msg_id) return false;
    if (!passes(message, request.filter, context.account.id)) return false;
    const text = message.text.toLowerCase();
    return words.every((word) => text.includes(word)) && (words.length === 0 || !message.action);
  };
}

/** Pinned messages are listed, so that finding them costs no walk through a long history. */
function candidates(target: Target, history: History, filter: Tl.TypeMessagesFilter): Iterable<Message> {
  const listed = filter._ === "inputMessagesFilterPinned" && isChannel(target) ? target.pinned : undefined;
  return listed ? listed.flatMap((id) => history.byId(id) ?? []).sort((a, b) => a.id - b.id) : oldestFirst(history);
}

const isChannel = (target: Target): target is Channel => target.kind === "supergroup" || target.kind === "channel";

function matches(context: RequestContext, target: Target, request: Search): StoredHistory {
  const history = historyOf(context, target);
  const { pts } = isChannel(target) ? target.journal : mailboxOf(context).journal;
  const { q, from_id, filter, min_date, max_date, top_msg_id } = request;
  const sought = [context.account.id, pts, q, from_id, filter, min_date, max_date, top_msg_id];
  const key = JSON.stringify(sought, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
  const last = lastSearch.get(history);
  if (last?.key === key) return last.found;
  const found = new StoredHistory();
  const wanted = matcher(context, request);
  for (const message of candidates(target, history, filter)) if (wanted(message)) found.add(message);
  lastSearch.set(history, { key, found });
  return found;
}

export const search = {
  "messages.search": (request, context) => {
    const target = targetOf(context, request.peer);
    return presentPage(context, target, cut(matches(context, target, request), request), request.offset_id);
  },
} satisfies Handlers;
