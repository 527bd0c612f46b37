import type * as Tl from "../../tl/types.js";
import type { Message } from "../../world/message.js";
import { tlPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { presentReactions } from "../../world/present/reply.js";
import { updatesOf } from "../../world/present/updates.js";
import { sameReaction } from "../../world/react.js";
import type { Handlers } from "../handler.js";
import { OFFERED } from "./react.js";
import { forbid, refuse } from "./refuse.js";
import { historyOf, mailboxOf, peerOf, targetOf, type Target } from "./resolve.js";

const LIST_LIMIT = 100;
/** Pictures that move are not drawn here. */
const NO_DOCUMENT = { _: "documentEmpty", id: 0n } as const;

/** Everybody's reactions one by one, the latest first. */
function each(message: Message, wanted: Tl.TypeReaction | undefined, viewer: number): Tl.messagePeerReaction[] {
  const chosen = (message.reactions ?? []).filter(({ reaction }) => !wanted || sameReaction(reaction, wanted));
  const all = chosen.flatMap(({ reaction, recent }) =>
    recent.map(({ from, date }): Tl.messagePeerReaction => {
      const my = (from.kind === "user" && from.id === viewer) || undefined;
      return { _: "messagePeerReaction", my, peer_id: tlPeer(from), date, reaction };
    }),
  );
  return all.sort((a, b) => b.date - a.date);
}

const isPostIn = (target: Target): boolean => target.kind === "channel";

const listOf = (reactions: readonly Tl.TypeReaction[]): Tl.messages_reactions => ({
  _: "messages.reactions",
  hash: 1n,
  reactions,
});

const usual = [...OFFERED].map((emoticon): Tl.reactionEmoji => ({ _: "reactionEmoji", emoticon }));

/** core.telegram.org/api/reactions */
export const reactions = {
  "messages.getMessageReactionsList": ({ peer, id, reaction, offset, limit }, context) => {
    const target = targetOf(context, peer);
    const message = historyOf(context, target).byId(id);
    if (!message) throw refuse("MSG_ID_INVALID");
    if (isPostIn(target)) throw forbid("BROADCAST_FORBIDDEN");
    const all = each(message, reaction, context.account.id);
    const from = Number(offset ?? 0) || 0;
    const page = all.slice(from, from + Math.min(Math.max(0, limit), LIST_LIMIT));
    const cast = new Cast(context.world, mailboxOf(context));
    for (const { peer_id } of page) if (peer_id._ === "peerUser") cast.addUser(Number(peer_id.user_id));
    const next = from + page.length;
    return {
      _: "messages.messageReactionsList",
      count: all.length,
      reactions: page,
      chats: cast.chats,
      users: cast.users,
      next_offset: next < all.length ? String(next) : undefined,
    };
  },
  "messages.getMessagesReactions": ({ peer: input, id: ids }, context) => {
    const target = targetOf(context, input);
    const peer = peerOf(target);
    const history = historyOf(context, target);
    const cast = new Cast(context.world, mailboxOf(context)).add(peer);
    const updates = ids.flatMap((id): Tl.TypeUpdate[] => {
      const message = history.byId(id);
      if (!message) return [];
      cast.addMessage(message);
      const none = { _: "messageReactions", results: [] } as const;
      const shown = presentReactions(message.reactions, context.account.id, isPostIn(target)) ?? none;
      return [{ _: "updateMessageReactions", peer: tlPeer(peer), msg_id: id, reactions: shown }];
    });
    return updatesOf(cast, updates);
  },
  "messages.getAvailableReactions": ({ hash }) => {
    if (hash === 1) return { _: "messages.availableReactionsNotModified" };
    const reactions = [...OFFERED].map((reaction): Tl.availableReaction => ({
      _: "availableReaction",
      reaction,
      title: reaction,
      static_icon: NO_DOCUMENT,
      appear_animation: NO_DOCUMENT,
      select_animation: NO_DOCUMENT,
      activate_animation: NO_DOCUMENT,
      effect_animation: NO_DOCUMENT,
    }));
    return { _: "messages.availableReactions", hash: 1, reactions };
  },
  "messages.getTopReactions": ({ limit }) => listOf(usual.slice(0, Math.max(0, limit))),
  "messages.getRecentReactions": () => listOf([]),
  "messages.clearRecentReactions": () => true,
  "messages.getDefaultTagReactions": () => listOf(usual.slice(0, 8)),
  "messages.setDefaultReaction": () => true,
} satisfies Handlers;
