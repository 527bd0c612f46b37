import type * as Tl from "../../tl/types.js";
import type { BotQuery } from "../../world/bot-queries.js";
import { Cast } from "../../world/present/cast.js";
import type { Handlers, RequestContext } from "../handler.js";
import { askBot } from "./ask-bot.js";
import { contentOf, presentResult } from "./inline-results.js";
import { checkMaySend, checkMayWrite } from "./may-write.js";
import { sendOut } from "./outgoing.js";
import { placementOf } from "./placement.js";
import type { Postponed } from "./postponed.js";
import { refuse } from "./refuse.js";
import { mailboxOf, targetOf, userOf, type Target } from "./resolve.js";

const MOST_RESULTS = 50;
const LONGEST_OFFSET = 64;

/** Where the query was typed, as far as the bot is told. */
function peerTypeOf(target: Target, bot: number): Tl.TypeInlineQueryPeerType {
  switch (target.kind) {
    case "user":
      if (target.user.id === bot) return { _: "inlineQueryPeerTypeSameBotPM" };
      return { _: target.user.bot ? "inlineQueryPeerTypeBotPM" : "inlineQueryPeerTypePM" };
    case "group":
      return { _: "inlineQueryPeerTypeChat" };
    case "supergroup":
      return { _: "inlineQueryPeerTypeMegagroup" };
    case "channel":
      return { _: "inlineQueryPeerTypeBroadcast" };
  }
}

/** Tells the bot what is asked, and waits for its results. */
const ask = (context: RequestContext, asked: Omit<BotQuery, "id">, target: Target): Postponed =>
  askBot(context, asked, ({ id, bot, user, query, offset }) => ({
    _: "updateBotInlineQuery",
    query_id: id,
    user_id: BigInt(user),
    query,
    peer_type: peerTypeOf(target, bot),
    offset,
  }));

function answerTo(context: RequestContext, query: BotQuery, request: Tl.messages_setInlineBotResultsRequest) {
  const { results: given, cache_time, gallery, next_offset, switch_pm } = request;
  if (given.length > MOST_RESULTS) throw refuse("RESULTS_TOO_MUCH");
  if ((next_offset?.length ?? 0) > LONGEST_OFFSET) throw refuse("NEXT_OFFSET_INVALID");
  if (given.some(({ id }) => id === "")) throw refuse("RESULT_ID_INVALID");
  if (new Set(given.map(({ id }) => id)).size < given.length) throw refuse("RESULT_ID_DUPLICATE");
  const asker = context.world.mailbox(query.user);
  return {
    _: "messages.botResults",
    gallery,
    query_id: query.id,
    next_offset: next_offset || undefined,
    switch_pm,
    results: given.map((one) => presentResult(context, one)),
    cache_time,
    users: new Cast(context.world, asker ?? mailboxOf(context)).addUser(query.bot).users,
  } satisfies Tl.messages_botResults;
}

/** Bots that are asked from any chat (core.telegram.org/api/bots/inline). */
export const inline = {
  "messages.getInlineBotResults": ({ bot: input, peer, query, offset }, context) => {
    const bot = userOf(context, input);
    if (!bot.bot) throw refuse("BOT_INVALID");
    // core.telegram.org/method/messages.getInlineBotResults
    if (bot.inlinePlaceholder === undefined) throw refuse("BOT_INLINE_DISABLED");
    const target: Target = peer._ === "inputPeerEmpty" ? { kind: "user", user: bot } : targetOf(context, peer);
    const now = Math.floor(context.now / 1000);
    const asked = { kind: "inline", bot: bot.id, user: context.account.id, query, offset, date: now } as const;
    const kept = context.world.botQueries.kept(asked, now);
    if (!kept) throw ask(context, asked, target);
    // Each account knows the bot by an access hash of its own.
    return { ...kept.results, users: new Cast(context.world, mailboxOf(context)).addUser(bot.id).users };
  },
  "messages.setInlineBotResults": (request, context) => {
    const { world, account, now } = context;
    const seconds = Math.floor(now / 1000);
    const query = world.botQueries.take(request.query_id, account.id, "inline", seconds);
    if (!query) throw refuse("QUERY_ID_INVALID");
    const results = answerTo(context, query, request);
    const until = seconds + Math.max(0, request.cache_time);
    world.botQueries.keep({ query, results, isPrivate: request.private ?? false, until });
    world.botQueries.settle(query.id, results);
    return true;
  },
  "messages.sendInlineBotResult": (request, context) => {
    const target = targetOf(context, request.peer);
    checkMayWrite(context, target);
    if (request.query_id === 0n) throw refuse("QUERY_ID_EMPTY");
    if (request.id === "") throw refuse("RESULT_ID_EMPTY");
    const found = context.world.botQueries.result(request.query_id, request.id, context.now / 1000);
    if (!found) throw refuse("INLINE_RESULT_EXPIRED");
    const content = contentOf(context, found.result);
    checkMaySend(context, target, content.media);
    const place = placementOf(context, target, request.reply_to);
    const outgoing = { content: { ...content, ...place, viaBot: found.bot }, randomId: request.random_id };
    return sendOut(context, target, [outgoing], request).updates;
  },
} satisfies Handlers;
