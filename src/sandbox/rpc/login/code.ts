import { nextCodeType, openWays, sentCodeType } from "../../login/code-ways.js";
import type { SentCode } from "../../login/sent-codes.js";
import type * as Tl from "../../tl/types.js";
import { sendLoginCode } from "../../world/service-chat.js";
import { RpcError } from "../handler.js";
import { refuse } from "../handlers/refuse.js";
import type { LoginContext, LoginHandlers } from "./context.js";
import { enter, newDevice } from "./enter.js";
import { callerOf, checkApi, checkHome, type Caller } from "./phone.js";

/** Clients offer to send the code again after so many seconds. */
const RESEND_SECONDS = 60;

/** @throws FLOOD_WAIT_X when too many codes were asked for */
function countSending({ logins, now }: LoginContext, { phone }: Caller): void {
  const wait = logins.sendings.waitSeconds(phone, now);
  if (wait > 0) throw new RpcError(420, `FLOOD_WAIT_${wait}`);
  logins.sendings.count(phone, now);
}

/** Sends the code off, where there is somebody to see it, and says how. */
function dispatch({ world, now }: LoginContext, sent: SentCode): Tl.auth_sentCode {
  const { ways, account, code, hash } = sent;
  if (ways[0] === "app" && account) sendLoginCode(world, account, code, Math.floor(now / 1000));
  const next_type = nextCodeType(ways[1]);
  return {
    _: "auth.sentCode",
    type: sentCodeType(ways[0], code, account?.email),
    phone_code_hash: hash,
    next_type,
    timeout: next_type && RESEND_SECONDS,
  };
}

/**
 * The code that a number was sent.
 *
 * @throws PHONE_CODE_HASH_EMPTY, PHONE_CODE_EXPIRED
 */
export function sentTo({ logins, now }: LoginContext, { phone }: Caller, hash: string): SentCode {
  if (hash === "") throw refuse("PHONE_CODE_HASH_EMPTY");
  const sent = logins.codes.find(phone, hash, now);
  if (!sent) throw refuse("PHONE_CODE_EXPIRED");
  return sent;
}

/** core.telegram.org/api/auth#sending-a-verification-code */
export const codes = {
  "auth.sendCode": (request, context) => {
    checkApi(request);
    const caller = callerOf(context, request.phone_number);
    const { phone, account } = caller;
    if (account?.phoneRefused) throw refuse(account.phoneRefused);
    checkHome(context, account, "PHONE");
    countSending(context, caller);
    const { logins, now } = context;
    const { settings } = request;
    // core.telegram.org/api/auth#future-auth-tokens: no code for whoever was logged in here; a password all the same.
    if (account && account.password === undefined && logins.redeem(settings.logout_tokens ?? [], account)) {
      return { _: "auth.sentCodeSuccess", authorization: enter(context, newDevice(context, account)) };
    }
    const hasDevice = account !== undefined && logins.devicesOf(account).length > 0;
    const [way = "sms", ...others] = openWays(account, settings, hasDevice);
    return dispatch(context, logins.codes.send(phone, account, [way, ...others], now));
  },
  "auth.resendCode": ({ phone_number, phone_code_hash }, context) => {
    const caller = callerOf(context, phone_number);
    const sent = sentTo(context, caller, phone_code_hash);
    countSending(context, caller);
    const again = context.logins.codes.resend(sent, context.now);
    if (!again) throw new RpcError(406, "SEND_CODE_UNAVAILABLE");
    return dispatch(context, again);
  },
  "auth.cancelCode": ({ phone_number, phone_code_hash }, context) => {
    context.logins.codes.drop(sentTo(context, callerOf(context, phone_number), phone_code_hash));
    return true;
  },
} satisfies LoginHandlers;
