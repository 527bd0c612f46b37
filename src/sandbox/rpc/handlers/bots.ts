import type * as Tl from "../../tl/types.js";
import type { ButtonAnswer, Message } from "../../world/message.js";
import { withDetected } from "../../world/entities.js";
import type { Handlers } from "../handler.js";
import { checkMayWrite } from "./may-write.js";
import { sendOut } from "./outgoing.js";
import { refuse } from "./refuse.js";
import { historyOf, targetOf, userOf } from "./resolve.js";

const START = /^[\w-]{0,64}$/;

/** Whether a message has a button with this data. */
function hasButton({ replyMarkup }: Message, data: Uint8Array): boolean {
  if (replyMarkup?._ !== "replyInlineMarkup") return false;
  return replyMarkup.rows.some(({ buttons }) =>
    buttons.some((one) => one._ === "keyboardButtonCallback" && Buffer.compare(one.data, data) === 0),
  );
}

const shown = ({ text, alert, url }: ButtonAnswer): Tl.messages_botCallbackAnswer => ({
  _: "messages.botCallbackAnswer",
  alert: alert || undefined,
  message: text,
  has_url: url === undefined ? undefined : true,
  url,
  cache_time: 0,
});

/** What people do with bots (core.telegram.org/api/bots). */
export const bots = {
  "messages.startBot": ({ bot: input, peer, random_id, start_param }, context) => {
    const bot = userOf(context, input);
    if (!bot.bot) throw refuse("BOT_INVALID");
    if (!START.test(start_param)) throw refuse("START_PARAM_INVALID");
    const target = targetOf(context, peer);
    checkMayWrite(context, target);
    const command = target.kind === "user" ? "/start" : `/start@${bot.username ?? ""}`;
    const text = start_param === "" ? command : `${command} ${start_param}`;
    const content = { text, entities: withDetected(text) };
    return sendOut(context, target, [{ content, randomId: random_id }], {}).updates;
  },
  // A bot of this world answers what its description says, and else nothing in time.
  "messages.getBotCallbackAnswer": ({ peer, msg_id, data }, context) => {
    const message = historyOf(context, targetOf(context, peer)).byId(msg_id);
    if (!message) throw refuse("MESSAGE_ID_INVALID");
    if (!data || !hasButton(message, data)) throw refuse("DATA_INVALID");
    const answer = message.buttonAnswers?.[Buffer.from(data).toString("hex")];
    if (!answer) throw refuse("BOT_RESPONSE_TIMEOUT");
    return shown(answer);
  },
  "messages.getInlineBotResults": ({ bot: input }, context) => {
    if (!userOf(context, input).bot) throw refuse("BOT_INVALID");
    throw refuse("BOT_INLINE_DISABLED");
  },
} satisfies Handlers;
