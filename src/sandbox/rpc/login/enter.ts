import { Device } from "../../login/device.js";
import { COUNTRY } from "../../login/present-device.js";
import type * as Tl from "../../tl/types.js";
import type { Account } from "../../world/account.js";
import { presentUser } from "../../world/present/user.js";
import { updatesOf } from "../../world/present/updates.js";
import { Cast } from "../../world/present/cast.js";
import { RpcError } from "../handler.js";
import type { LoginContext } from "./context.js";

/** What whoever has logged in is told. */
export function authorizationOf({ world }: LoginContext, account: Account): Tl.auth_authorization {
  const user = world.users.get(account.id);
  if (!user) throw new Error(`account ${account.id} is not of this world`);
  return { _: "auth.authorization", user: presentUser(world, world.mailboxOf(account), user) };
}

/** The login of an account on the client that asks. */
export function newDevice({ key, now }: LoginContext, account: Account): Device {
  if (!key.about) throw new RpcError(400, "CONNECTION_NOT_INITED");
  return new Device(account, key.about, Math.floor(now / 1000));
}

/**
 * Somebody has shown who he is by a code or a QR code: he is in, unless a password is still to come.
 *
 * @throws SESSION_PASSWORD_NEEDED
 */
export function admitted(context: LoginContext, device: Device): Tl.auth_authorization {
  if (device.account.password === undefined) return enter(context, device);
  context.key.awaited = device;
  throw new RpcError(401, "SESSION_PASSWORD_NEEDED");
}

/** Logs the client in, and tells the account's other devices. */
export function enter(context: LoginContext, device: Device): Tl.auth_authorization {
  const { world, logins, key } = context;
  const { account } = device;
  const about = `${device.about.deviceModel}, ${device.about.appVersion}`;
  const { hash, createdAt: date } = device;
  if (key.device) logins.end(key.device);
  const update = {
    _: "updateNewAuthorization",
    unconfirmed: true,
    hash,
    date,
    device: about,
    location: COUNTRY,
  } as const;
  context.push(account, updatesOf(new Cast(world, world.mailboxOf(account)), [update]));
  logins.enter(key, device);
  return authorizationOf(context, account);
}
