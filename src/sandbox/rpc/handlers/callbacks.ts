import { createHash } from "node:crypto";
import type * as Tl from "../../tl/types.js";
import type { ButtonAnswer, Message } from "../../world/message.js";
import { peerKey, tlPeer, type Peer } from "../../world/peer.js";
import type { Handlers, RequestContext } from "../handler.js";
import { askBot } from "./ask-bot.js";
import type { Postponed } from "./postponed.js";
import { refuse } from "./refuse.js";
import { historyOf, isChannel, peerOf, targetOf, type Target } from "./resolve.js";

const LONGEST_ANSWER = 200;

/** Whether a message has a button with this data. */
function hasButton({ replyMarkup }: Message, data: Uint8Array): boolean {
  if (replyMarkup?._ !== "replyInlineMarkup") return false;
  return replyMarkup.rows.some(({ buttons }) =>
    buttons.some((one) => one._ === "keyboardButtonCallback" && Buffer.compare(one.data, data) === 0),
  );
}

const shown = ({ text, alert, url }: ButtonAnswer, cache_time = 0): Tl.messages_botCallbackAnswer => ({
  _: "messages.botCallbackAnswer",
  alert: alert || undefined,
  message: text,
  has_url: url === undefined ? undefined : true,
  url,
  cache_time,
});

/** The same for all queries from one chat. */
const instanceOf = (peer: Peer): bigint => createHash("sha256").update(peerKey(peer)).digest().readBigInt64LE();

interface Place {
  readonly peer: Peer;
  readonly id: number;
}

/** Where the bot itself finds the message. */
function placeFor({ world, account }: RequestContext, target: Target, message: Message, bot: number): Place {
  const id = isChannel(target) ? message.id : (world.mailbox(bot)?.idOf(message.origin) ?? 0);
  return { peer: target.kind === "user" ? { kind: "user", id: account.id } : peerOf(target), id };
}

/** Tells the bot who pressed which of its buttons, and waits for what it answers. */
function ask(context: RequestContext, target: Target, message: Message, data: Uint8Array): Postponed {
  const [user, bot] = [context.account.id, message.from?.id ?? 0];
  const date = Math.floor(context.now / 1000);
  return askBot(context, { kind: "callback", bot, user, date, query: "", offset: "" }, ({ id: query_id }) => {
    const { peer, id } = placeFor(context, target, message, bot);
    const place = { peer: tlPeer(peer), msg_id: id, chat_instance: instanceOf(peerOf(target)) };
    return { _: "updateBotCallbackQuery", query_id, user_id: BigInt(user), ...place, data };
  });
}

/** Buttons beneath the messages of bots (core.telegram.org/api/bots/buttons). */
export const callbacks = {
  "messages.getBotCallbackAnswer": ({ peer, msg_id, data }, context) => {
    const target = targetOf(context, peer);
    const message = historyOf(context, target).byId(msg_id);
    if (!message) throw refuse("MESSAGE_ID_INVALID");
    if (!data || !hasButton(message, data)) throw refuse("DATA_INVALID");
    // What the world describes comes first; what it does not, a bot that has logged in answers.
    const answer = message.buttonAnswers?.[Buffer.from(data).toString("hex")];
    if (!answer) throw ask(context, target, message, data);
    return shown(answer);
  },
  "messages.setBotCallbackAnswer": ({ query_id, message: text, alert, url, cache_time }, { world, account, now }) => {
    if ((text?.length ?? 0) > LONGEST_ANSWER) throw refuse("MESSAGE_TOO_LONG");
    const query = world.botQueries.take(query_id, account.id, "callback", now / 1000);
    if (!query) throw refuse("QUERY_ID_INVALID");
    world.botQueries.settle(query.id, shown({ text, alert, url }, cache_time));
    return true;
  },
} satisfies Handlers;
