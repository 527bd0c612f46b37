import { refuse } from "../handlers/refuse.js";
import type { LoginHandlers } from "./context.js";
import { enter, newDevice } from "./enter.js";
import { checkApi, checkHome } from "./phone.js";

/** A bot logs in by the token that BotFather gave its owner: core.telegram.org/method/auth.importBotAuthorization */
export const bot = {
  "auth.importBotAuthorization": (request, context) => {
    checkApi(request);
    const { bot_auth_token: token } = request;
    const account = context.world.bots.find((one) => one.token === token);
    if (!account) throw refuse("ACCESS_TOKEN_INVALID");
    checkHome(context, account, "USER");
    return enter(context, newDevice(context, account));
  },
} satisfies LoginHandlers;
