import { acceptToken } from "../../login/accept-token.js";
import type { LoginToken } from "../../login/login-tokens.js";
import { presentDevice } from "../../login/present-device.js";
import type * as Tl from "../../tl/types.js";
import { refuse } from "../handlers/refuse.js";
import type { LoginContext, LoginHandlers } from "./context.js";
import { admitted } from "./enter.js";
import { checkApi } from "./phone.js";

/** Makes the login that somebody has agreed to, or names the data centre where it can be made. */
function redeem(context: LoginContext, token: LoginToken): Tl.Typeauth_LoginToken {
  const { device, bytes } = token;
  if (!device) throw refuse("AUTH_TOKEN_INVALID");
  const home = context.world.homeOf(device.account);
  if (home !== context.dcId) return { _: "auth.loginTokenMigrateTo", dc_id: home, token: bytes };
  token.isUsed = true;
  return { _: "auth.loginTokenSuccess", authorization: admitted(context, device) };
}

/** Login by a QR code that another device reads: core.telegram.org/api/qr-login */
export const qr = {
  "auth.exportLoginToken": (request, context) => {
    checkApi(request);
    const { logins, key, now } = context;
    const accepted = logins.tokens.accepted(key, now);
    if (accepted) return redeem(context, accepted);
    const { bytes, expiresAt } = logins.tokens.issue(key, request.except_ids.map(Number), now);
    return { _: "auth.loginToken", expires: Math.floor(expiresAt / 1000), token: bytes };
  },
  "auth.importLoginToken": ({ token: bytes }, context) => {
    const token = context.logins.tokens.find(bytes);
    if (!token) throw refuse("AUTH_TOKEN_INVALID");
    if (token.isUsed) throw refuse("AUTH_TOKEN_ALREADY_ACCEPTED");
    if (token.expiresAt <= context.now) throw refuse("AUTH_TOKEN_EXPIRED");
    return redeem(context, token);
  },
  "auth.acceptLoginToken": ({ token }, { logins, account, now }) => {
    const result = acceptToken(logins, token, account, now);
    if (typeof result === "string") throw refuse(result);
    return presentDevice(result, { passwordPending: account.password !== undefined });
  },
} satisfies LoginHandlers;
