import type * as Tl from "../../tl/types.js";
import { oldestFirst, type History } from "../../world/history.js";
import { mentions } from "../../world/mention.js";
import type { Message } from "../../world/message.js";
import type { StoredHistory } from "../../world/stored-history.js";
import { cut } from "../../world/window.js";
import type { Handlers, RequestContext } from "../handler.js";
import { presentPage } from "./message-page.js";
import { historyOf, isChannel, mailboxOf, peerOf, targetOf, type Target } from "./resolve.js";
import { selected } from "./selection.js";
import { belongingTo, matching } from "./wanted.js";

type Search = Pick<Tl.messages_searchRequest, "q" | "from_id" | "filter" | "min_date" | "max_date" | "top_msg_id">;

/** Pinned messages are listed, so that finding them costs no walk through a long history. */
function candidates(target: Target, history: History, filter: Tl.TypeMessagesFilter): Iterable<Message> {
  const listed = filter._ === "inputMessagesFilterPinned" && isChannel(target) ? target.pinned : undefined;
  return listed ? listed.flatMap((id) => history.byId(id) ?? []).sort((a, b) => a.id - b.id) : oldestFirst(history);
}

function matches(context: RequestContext, target: Target, search: Search): StoredHistory {
  const { q, from_id, filter, min_date, max_date, top_msg_id } = search;
  const { id: account } = context.account;
  const history = historyOf(context, target);
  const { pts } = isChannel(target) ? target.journal : mailboxOf(context).journal;
  const from = from_id && peerOf(targetOf(context, from_id));
  const callsMe = (message: Message): boolean => mentions(context.world, message, account);
  const right = matching({ q, filter, min_date, max_date, from, callsMe });
  const inside = top_msg_id === undefined ? () => true : belongingTo(target, top_msg_id);
  return selected(
    history,
    [account, pts, q, from_id, filter, min_date, max_date, top_msg_id],
    () => candidates(target, history, filter),
    (message) => inside(message) && right(message),
  );
}

export const search = {
  "messages.search": (request, context) => {
    const target = targetOf(context, request.peer);
    return presentPage(context, target, cut(matches(context, target, request), request), request.offset_id);
  },
  "messages.getSearchCounters": ({ peer, filters, top_msg_id }, context) => {
    const target = targetOf(context, peer);
    return filters.map((filter) => {
      const { count } = matches(context, target, { q: "", filter, min_date: 0, max_date: 0, top_msg_id });
      return { _: "messages.searchCounter", filter, count };
    });
  },
  "messages.getSearchResultsPositions": ({ peer, filter, offset_id, limit }, context) => {
    const found = matches(context, targetOf(context, peer), { q: "", filter, min_date: 0, max_date: 0 });
    const from = offset_id > 0 ? found.placeBelow(offset_id) : 0;
    const positions: Tl.searchResultPosition[] = [];
    for (let offset = from; offset < Math.min(found.count, from + Math.max(0, limit)); offset++) {
      const message = found.at(offset);
      if (message) positions.push({ _: "searchResultPosition", msg_id: message.id, date: message.date, offset });
    }
    return { _: "messages.searchResultsPositions", count: found.count, positions };
  },
} satisfies Handlers;
