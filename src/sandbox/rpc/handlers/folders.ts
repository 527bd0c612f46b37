import type * as Tl from "../../tl/types.js";
import type { Peer } from "../../world/peer.js";
import type { Handlers, RequestContext } from "../handler.js";
import { mailboxOf } from "./resolve.js";

/** Telegram numbers an account's own folders from 2 on (core.telegram.org/api/folders). */
const FIRST_ID = 2;

export const folders = {
  "messages.getDialogFilters": (_, context) => ({
    _: "messages.dialogFilters",
    filters: [
      { _: "dialogFilterDefault" },
      ...mailboxOf(context).folders.map(({ title, include, exclude, kinds }, place): Tl.dialogFilter => ({
        _: "dialogFilter",
        id: FIRST_ID + place,
        title: { _: "textWithEntities", text: title, entities: [] },
        pinned_peers: [],
        include_peers: include.map((peer) => inputPeer(context, peer)),
        exclude_peers: exclude.map((peer) => inputPeer(context, peer)),
        ...Object.fromEntries(kinds.map((kind) => [kind, true])),
      })),
    ],
  }),
} satisfies Handlers;

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
