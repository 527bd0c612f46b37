import { withDetected } from "../../world/entities.js";
import type { Handlers } from "../handler.js";
import { checkMayWrite } from "./may-write.js";
import { sendOut } from "./outgoing.js";
import { refuse } from "./refuse.js";
import { targetOf, userOf } from "./resolve.js";

const START = /^[\w-]{0,64}$/;

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
} satisfies Handlers;
