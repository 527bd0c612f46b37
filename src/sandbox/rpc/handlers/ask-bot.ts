import type * as Tl from "../../tl/types.js";
import type { BotQuery } from "../../world/bot-queries.js";
import { userPeer } from "../../world/peer.js";
import { tellOf } from "../../world/told.js";
import type { RequestContext } from "../handler.js";
import { Postponed } from "./postponed.js";
import { refuse } from "./refuse.js";

/** docs.pyrogram.org/api/methods/request_callback_answer */
const PATIENCE_MS = 10_000;

/** Tells a bot what the account asks it, and waits for what it answers. Throw what it returns. */
export function askBot(
  { world, account, push }: RequestContext,
  asked: Omit<BotQuery, "id">,
  updateOf: (query: BotQuery) => Tl.TypeUpdate,
): Postponed {
  const bot = world.mailbox(asked.bot);
  // Nobody can answer for a bot that nobody can log in as.
  if (!bot || !world.isBot(bot.accountId)) throw refuse("BOT_RESPONSE_TIMEOUT");
  const query = world.botQueries.open(asked);
  push(world.account(bot.accountId), tellOf(world, bot, userPeer(account.id), updateOf(query)).updates);
  return new Postponed(400, "BOT_RESPONSE_TIMEOUT", PATIENCE_MS, (settle) => world.botQueries.await(query.id, settle));
}
