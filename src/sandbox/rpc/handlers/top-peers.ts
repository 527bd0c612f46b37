import type * as Tl from "../../tl/types.js";
import { tlPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import type { Handlers } from "../handler.js";
import { refuse } from "./refuse.js";
import { mailboxOf, peerOf, targetOf } from "./resolve.js";

type Request = Tl.contacts_getTopPeersRequest;
type Flag = { [K in keyof Request]-?: true extends Request[K] ? K : never }[keyof Request];

const CATEGORIES: Readonly<Record<Flag, Tl.TypeTopPeerCategory["_"]>> = {
  correspondents: "topPeerCategoryCorrespondents",
  bots_pm: "topPeerCategoryBotsPM",
  bots_inline: "topPeerCategoryBotsInline",
  phone_calls: "topPeerCategoryPhoneCalls",
  forward_users: "topPeerCategoryForwardUsers",
  forward_chats: "topPeerCategoryForwardChats",
  groups: "topPeerCategoryGroups",
  channels: "topPeerCategoryChannels",
  bots_app: "topPeerCategoryBotsApp",
};

/** core.telegram.org/api/top-rating */
export const topPeers = {
  "contacts.getTopPeers": (request, context) => {
    const wanted = (Object.keys(CATEGORIES) as Flag[]).filter((flag) => request[flag]);
    if (wanted.length === 0) throw refuse("TYPES_EMPTY");
    const { topPeers: top } = mailboxOf(context);
    if (top.isOff) return { _: "contacts.topPeersDisabled" };
    const cast = new Cast(context.world, mailboxOf(context));
    const categories = wanted.flatMap((flag): Tl.topPeerCategoryPeers[] => {
      const all = top.of(CATEGORIES[flag]);
      const from = Math.max(0, request.offset);
      const peers = all.slice(from, from + Math.max(0, request.limit)).map(({ peer, rating }): Tl.topPeer => {
        cast.add(peer);
        return { _: "topPeer", peer: tlPeer(peer), rating };
      });
      const category = { _: CATEGORIES[flag] };
      return all.length === 0 ? [] : [{ _: "topPeerCategoryPeers", category, count: all.length, peers }];
    });
    return { _: "contacts.topPeers", categories, chats: cast.chats, users: cast.users };
  },
  "contacts.toggleTopPeers": ({ enabled }, context) => {
    mailboxOf(context).topPeers.isOff = !enabled;
    return true;
  },
  "contacts.resetTopPeerRating": ({ category, peer }, context) => {
    mailboxOf(context).topPeers.remove(category._, peerOf(targetOf(context, peer)));
    return true;
  },
} satisfies Handlers;
