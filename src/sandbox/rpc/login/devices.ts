import { presentDevice } from "../../login/present-device.js";
import type { Device } from "../../login/device.js";
import { RpcError } from "../handler.js";
import { refuse } from "../handlers/refuse.js";
import type { LoginContext, LoginHandlers } from "./context.js";

const DAY = 86_400;
/** Devices that are not used for so long are logged out. */
const TTL_DAYS = 180;

/** The device that asks. */
function ownDevice({ key }: LoginContext): Device {
  if (!key.device) throw new RpcError(401, "AUTH_KEY_UNREGISTERED");
  return key.device;
}

/** A new device cannot throw others out for a day. @throws FRESH_RESET_AUTHORISATION_FORBIDDEN */
function checkAge(context: LoginContext): void {
  const isFresh = context.now / 1000 - ownDevice(context).createdAt < DAY;
  if (isFresh) throw new RpcError(406, "FRESH_RESET_AUTHORISATION_FORBIDDEN");
}

/** Where an account is logged in (core.telegram.org/method/account.getAuthorizations), and the way out. */
export const devices = {
  "account.getAuthorizations": (_, context) => {
    const own = ownDevice(context);
    const others = context.logins.devicesOf(context.account).filter((device) => device !== own);
    const authorizations = [presentDevice(own, { current: true }), ...others.map((device) => presentDevice(device))];
    return { _: "account.authorizations", authorization_ttl_days: TTL_DAYS, authorizations };
  },
  "account.resetAuthorization": ({ hash }, context) => {
    checkAge(context);
    const others = context.logins.devicesOf(context.account).filter((device) => device !== context.key.device);
    const found = others.find((device) => device.hash === hash);
    if (!found) throw refuse("HASH_INVALID");
    context.logins.end(found, "SESSION_REVOKED");
    return true;
  },
  "auth.resetAuthorizations": (_, context) => {
    checkAge(context);
    for (const device of context.logins.devicesOf(context.account)) {
      if (device !== context.key.device) context.logins.end(device, "SESSION_REVOKED");
    }
    return true;
  },
  "auth.logOut": (_, context) => {
    const device = ownDevice(context);
    context.logins.end(device);
    return { _: "auth.loggedOut", future_auth_token: context.logins.promise(device.account) };
  },
} satisfies LoginHandlers;
