import { acceptToken } from "./login/accept-token.js";
import { loginToken } from "./login/login-url.js";
import type { Logins } from "./login/logins.js";
import type { WorldLogins } from "./public-logins.js";
import type { World } from "./world/world.js";

/** The logins as programs see them, and what they can let happen to them. */
export function openLogins(world: World, logins: Logins): WorldLogins {
  return {
    devices: (account) => logins.devicesOf(world.account(account)),
    changeLogin: (account, changes) => {
      world.changeLogin(account, changes);
    },
    expireLogins: () => {
      logins.codes.expireAll();
      logins.tokens.expireAll();
    },
    acceptQr: (token, account) => {
      const bytes = typeof token === "string" ? loginToken(token) : token;
      const result = acceptToken(logins, bytes, world.account(account), world.now());
      if (typeof result === "string") throw new Error(result);
    },
    revoke: (account, hash) => {
      const devices = logins.devicesOf(world.account(account));
      const chosen = devices.filter((device) => hash === undefined || device.hash === hash);
      if (hash !== undefined && chosen.length === 0) throw new Error(`account ${account} has no device ${hash}`);
      for (const device of chosen) logins.end(device, "SESSION_REVOKED");
    },
    deactivate: (account, { banned = false } = {}) => {
      const found = world.account(account);
      for (const device of logins.devicesOf(found)) {
        logins.end(device, banned ? "USER_DEACTIVATED_BAN" : "USER_DEACTIVATED");
      }
      world.changeLogin(found.id, banned ? { phoneRefused: "PHONE_NUMBER_BANNED" } : { deleted: true });
    },
    duplicateKeys: (account) => {
      const found = world.account(account);
      for (const key of logins.keys()) {
        if (key.account !== found) continue;
        key.isDuplicated = true;
        key.device = undefined;
      }
    },
  };
}
