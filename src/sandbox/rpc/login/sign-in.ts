import { expectedCode } from "../../login/code-ways.js";
import type { SentCode } from "../../login/sent-codes.js";
import type * as Tl from "../../tl/types.js";
import { RpcError } from "../handler.js";
import { notServed, refuse } from "../handlers/refuse.js";
import { sentTo } from "./code.js";
import type { LoginContext, LoginHandlers } from "./context.js";
import { admitted, newDevice } from "./enter.js";
import { callerOf, checkHome } from "./phone.js";

/** What the user has entered. @throws PHONE_CODE_EMPTY */
function enteredCode({ phone_code, email_verification }: Tl.auth_signInRequest, { ways }: SentCode): string {
  // A code that came by e-mail has a field of its own (core.telegram.org/method/auth.signIn).
  if (ways[0] === "email") {
    if (email_verification === undefined) throw refuse("PHONE_CODE_EMPTY");
    if (email_verification._ !== "emailVerificationCode") throw notServed();
    return email_verification.code;
  }
  if (phone_code === undefined || phone_code === "") throw refuse("PHONE_CODE_EMPTY");
  return phone_code;
}

/** @throws PHONE_CODE_INVALID, and FLOOD_WAIT_X after too many wrong ones */
function checkCode({ logins, now }: LoginContext, { phone, ways, code }: SentCode, entered: string): void {
  const wait = logins.wrongCodes.waitSeconds(phone, now);
  if (wait > 0) throw new RpcError(420, `FLOOD_WAIT_${wait}`);
  if (entered === expectedCode(ways[0], code)) return;
  logins.wrongCodes.count(phone, now);
  throw refuse("PHONE_CODE_INVALID");
}

/** core.telegram.org/api/auth#sign-in-sign-up */
export const signIn = {
  "auth.signIn": (request, context) => {
    const caller = callerOf(context, request.phone_number);
    checkHome(context, caller.account, "USER");
    const sent = sentTo(context, caller, request.phone_code_hash);
    checkCode(context, sent, enteredCode(request, sent));
    if (!sent.account) {
      context.logins.codes.prove(sent);
      return { _: "auth.authorizationSignUpRequired" };
    }
    context.logins.codes.drop(sent);
    return admitted(context, newDevice(context, sent.account));
  },
} satisfies LoginHandlers;
