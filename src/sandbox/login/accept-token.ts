import type * as Tl from "../tl/types.js";
import type { Account } from "../world/account.js";
import { Device } from "./device.js";
import type { Logins } from "./logins.js";

/**
 * An account agrees to the login that a QR code stands for, and the client that shows it hears of that.
 *
 * @param now milliseconds
 * @returns the device that will be logged in, or the error's name
 */
export function acceptToken(logins: Logins, bytes: Uint8Array, account: Account, now: number): Device | string {
  const token = logins.tokens.find(bytes);
  if (!token?.key.about) return "AUTH_TOKEN_INVALID";
  if (token.device) return "AUTH_TOKEN_ALREADY_ACCEPTED";
  if (token.expiresAt <= now) return "AUTH_TOKEN_EXPIRED";
  if (token.except.includes(account.id)) return "AUTH_TOKEN_EXCEPTION";
  const date = Math.floor(now / 1000);
  token.device = new Device(account, token.key.about, date);
  const heard: Tl.updateShort = { _: "updateShort", update: { _: "updateLoginToken" }, date };
  for (const session of token.key.sessions.values()) {
    if (session.connection && session.updates !== "unwanted")
      session.notify(heard, { isAnswer: false, isContent: true });
  }
  return token.device;
}
