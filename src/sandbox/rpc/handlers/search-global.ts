import type * as Tl from "../../tl/types.js";
import { fromPlace } from "../../world/history.js";
import type { Dialog } from "../../world/mailbox.js";
import { mentions } from "../../world/mention.js";
import type { Message } from "../../world/message.js";
import { peerKey, type Peer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { presentMessage } from "../../world/present/message.js";
import type { Handlers, RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { mailboxOf, peerOf, targetOf } from "./resolve.js";
import { matching } from "./wanted.js";

const PAGE_LIMIT = 100;

type Search = Tl.messages_searchGlobalRequest;

interface Hit {
  readonly peer: Peer;
  readonly message: Message;
}

/** Newest first; chats settle the order of what was written in the same second. */
const byTime = (a: Hit, b: Hit): number =>
  b.message.date - a.message.date || compare(peerKey(a.peer), peerKey(b.peer)) || b.message.id - a.message.id;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function isAsked({ world }: RequestContext, search: Search, { peer, folder }: Dialog): boolean {
  if (search.folder_id !== undefined && search.folder_id !== folder) return false;
  const broadcast = peer.kind === "channel" && world.channels.get(peer.id)?.kind === "channel";
  if (search.users_only) return peer.kind === "user";
  if (search.broadcasts_only) return broadcast;
  return search.groups_only ? peer.kind !== "user" && !broadcast : true;
}

function hits(context: RequestContext, search: Search): Hit[] {
  const callsMe = (message: Message): boolean => mentions(context.world, message, context.account.id);
  const wanted = matching({ ...search, callsMe });
  const found: Hit[] = [];
  for (const dialog of mailboxOf(context).dialogs.values()) {
    if (!isAsked(context, search, dialog)) continue;
    for (const message of fromPlace(dialog.history)) if (wanted(message)) found.push({ peer: dialog.peer, message });
  }
  return found.sort(byTime);
}

/** The last search of each account, as a client follows one search page by page. */
const last = new WeakMap<object, { readonly key: string; readonly found: readonly Hit[] }>();

function hitsOf(context: RequestContext, search: Search): readonly Hit[] {
  const mailbox = mailboxOf(context);
  const { q, filter, min_date, max_date, folder_id, users_only, groups_only, broadcasts_only } = search;
  const state = [...context.world.channels.values()].map(({ journal }) => journal.pts);
  const sought = [q, filter, min_date, max_date, folder_id, users_only, groups_only, broadcasts_only];
  const key = JSON.stringify([...sought, mailbox.journal.pts, ...state]);
  const known = last.get(mailbox);
  if (known?.key === key) return known.found;
  const found = hits(context, search);
  last.set(mailbox, { key, found });
  return found;
}

/** Where the page begins: behind the message that the offsets name (core.telegram.org/api/search). */
function placeAfter(context: RequestContext, search: Search, found: readonly Hit[]): number {
  const { offset_rate, offset_id, offset_peer } = search;
  if (offset_rate === 0 && offset_id === 0) return 0;
  const key = offset_peer._ === "inputPeerEmpty" ? "" : peerKey(peerOf(targetOf(context, offset_peer)));
  const exact = found.findIndex(({ peer, message }) => message.id === offset_id && peerKey(peer) === key);
  if (exact >= 0) return exact + 1;
  const older = found.findIndex(({ message }) => message.date < offset_rate);
  return older < 0 ? found.length : older;
}

export const searchGlobal = {
  "messages.searchGlobal": (search, context) => {
    if (search.q.trim() === "" && search.filter._ === "inputMessagesFilterEmpty") throw refuse("SEARCH_QUERY_EMPTY");
    const found = hitsOf(context, search);
    const from = placeAfter(context, search, found);
    const page = found.slice(from, from + Math.min(Math.max(search.limit, 0), PAGE_LIMIT));
    const viewer = mailboxOf(context);
    const cast = new Cast(context.world, viewer);
    const messages = page.map(({ peer, message: kept }) => {
      const message = viewer.dialogs.get(peerKey(peer))?.history.byId(kept.id) ?? kept;
      cast.add(peer).addMessage(message);
      return presentMessage(context.world, viewer, peer, message);
    });
    const answer = { messages, chats: cast.chats, users: cast.users };
    const rest = found.length - from - page.length;
    if (from === 0 && rest === 0) return { _: "messages.messages", ...answer };
    const next_rate = rest > 0 ? page.at(-1)?.message.date : undefined;
    return { _: "messages.messagesSlice", count: found.length, next_rate, ...answer };
  },
} satisfies Handlers;
