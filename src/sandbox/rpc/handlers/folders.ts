import type * as Tl from "../../tl/types.js";
import type { Folder, FolderKind } from "../../world/folders.js";
import type { Peer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { updatesOf } from "../../world/present/updates.js";
import type { Handlers, RequestContext } from "../handler.js";
import { notServed, refuse } from "./refuse.js";
import { mailboxOf, peerOf, targetOf } from "./resolve.js";

/** Telegram numbers an account's own folders from 2 on (core.telegram.org/api/folders). */
const FIRST_ID = 2;
const LAST_ID = 255;

export const folders = {
  "messages.getDialogFilters": (_, context) => ({
    _: "messages.dialogFilters",
    filters: [
      { _: "dialogFilterDefault" },
      ...named(mailboxOf(context).folders).map((folder) => presentFolder(context, folder)),
    ],
  }),
  "messages.updateDialogFilter": ({ id, filter }, context) => {
    if (id < FIRST_ID || id > LAST_ID) throw refuse("FILTER_ID_INVALID");
    const { folders: all } = mailboxOf(context);
    all.splice(0, all.length, ...named(all));
    const place = all.findIndex((folder) => folder.id === id);
    if (!filter && place >= 0) all.splice(place, 1);
    if (filter) all.splice(place >= 0 ? place : all.length, place >= 0 ? 1 : 0, folderFrom(context, id, filter));
    const changed = named(all).find((folder) => folder.id === id);
    const shown = filter && changed && presentFolder(context, changed);
    const update = { _: "updateDialogFilter", id, filter: shown } as const;
    context.push(context.account, updatesOf(new Cast(context.world, mailboxOf(context)), [update]));
    return true;
  },
  "messages.updateDialogFiltersOrder": ({ order }, context) => {
    const { folders: all } = mailboxOf(context);
    const rank = (id: number): number => (order.includes(id) ? order.indexOf(id) : order.length);
    all.splice(0, all.length, ...named(all).sort((a, b) => rank(a.id) - rank(b.id)));
    const update = { _: "updateDialogFilterOrder", order } as const;
    context.push(context.account, updatesOf(new Cast(context.world, mailboxOf(context)), [update]));
    return true;
  },
} satisfies Handlers;

interface NamedFolder extends Folder {
  readonly id: number;
}

/** Each keeps its id when others come and go; one without takes the lowest that is free. */
function named(all: readonly Folder[]): NamedFolder[] {
  const taken = new Set(all.map(({ id }) => id));
  return all.map((folder) => {
    let id = folder.id ?? FIRST_ID;
    while (folder.id === undefined && taken.has(id)) id += 1;
    taken.add(id);
    return { ...folder, id };
  });
}

function presentFolder(context: RequestContext, folder: NamedFolder): Tl.dialogFilter {
  const { id, title, include, exclude, kinds } = folder;
  return {
    _: "dialogFilter",
    id,
    title: { _: "textWithEntities", text: title, entities: [] },
    pinned_peers: [],
    include_peers: include.map((peer) => inputPeer(context, peer)),
    exclude_peers: exclude.map((peer) => inputPeer(context, peer)),
    ...Object.fromEntries(kinds.map((kind) => [kind, true])),
  };
}

const KINDS: readonly FolderKind[] = ["contacts", "non_contacts", "groups", "broadcasts", "bots"];

/** @throws FILTER_TITLE_EMPTY, FILTER_INCLUDE_EMPTY */
function folderFrom(context: RequestContext, id: number, filter: Tl.TypeDialogFilter): Folder {
  if (filter._ !== "dialogFilter") throw notServed();
  const peers = (inputs: readonly Tl.TypeInputPeer[]) => inputs.map((input) => peerOf(targetOf(context, input)));
  const title = filter.title.text.trim();
  if (title === "") throw refuse("FILTER_TITLE_EMPTY");
  const include = peers([...filter.pinned_peers, ...filter.include_peers]);
  const kinds = KINDS.filter((kind) => filter[kind]);
  if (include.length === 0 && kinds.length === 0) throw refuse("FILTER_INCLUDE_EMPTY");
  return { id, title, include, exclude: peers(filter.exclude_peers), kinds };
}

function inputPeer({ world, account }: RequestContext, peer: Peer): Tl.TypeInputPeer {
  const access_hash = world.accessHashes.of(account.id, peer);
  switch (peer.kind) {
    case "user":
      return peer.id === account.id
        ? { _: "inputPeerSelf" }
        : { _: "inputPeerUser", user_id: BigInt(peer.id), access_hash };
    case "chat":
      return { _: "inputPeerChat", chat_id: BigInt(peer.id) };
    case "channel":
      return { _: "inputPeerChannel", channel_id: BigInt(peer.id), access_hash };
  }
}
