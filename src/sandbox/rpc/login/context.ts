import type { Logins } from "../../login/logins.js";
import type { AuthKey } from "../../mtproto/auth-key.js";
import type * as Tl from "../../tl/types.js";
import type { RequestContext } from "../handler.js";

/** What methods of login and devices need beside what all methods get. */
export interface LoginContext extends RequestContext {
  /** The key that the request came with, whether anybody is logged in there or not. */
  readonly key: AuthKey;
  readonly logins: Logins;
  /** The session and the message that the request came in: a temporary key is bound by them. */
  readonly sessionId: bigint;
  readonly messageId: bigint;
}

/** The methods of login and devices. */
export type LoginHandlers = {
  readonly [M in Tl.MethodName]?: (request: Tl.Methods[M]["request"], context: LoginContext) => Tl.Methods[M]["result"];
};
