import { randomBytes } from "node:crypto";
import { provisionKey, type AuthKey } from "../mtproto/auth-key.js";
import type { Account } from "../world/account.js";
import { Attempts } from "./attempts.js";
import { Device, type ClientAbout } from "./device.js";
import { LoginTokens } from "./login-tokens.js";
import { OWN_API } from "./own-api.js";
import { Passes } from "./passes.js";
import { Passwords } from "./passwords.js";
import { SentCodes } from "./sent-codes.js";

const HOUR = 3600;
/** What a key handed out by the sandbox is said to be, until its client tells. */
const HANDED_OUT: ClientAbout = {
  apiId: OWN_API.apiId,
  deviceModel: "Sandbox",
  systemVersion: "1.0",
  appVersion: "1.0",
};
/** Its login is so old that it may end others (core.telegram.org/method/auth.resetAuthorizations: 24 hours). */
const HANDED_OUT_AGE = 30 * 24 * HOUR;

/** Who is logged in where, and every login under way, at all data centres. */
export class Logins {
  readonly codes = new SentCodes();
  readonly passwords = new Passwords();
  readonly tokens = new LoginTokens();
  readonly passes = new Passes();
  readonly sendings = new Attempts(10, HOUR);
  readonly wrongCodes = new Attempts(5, 300);
  readonly wrongPasswords = new Attempts(5, 300);
  readonly #keys = new Map<number, Map<bigint, AuthKey>>();
  readonly #futures = new Map<string, Account>();

  /** The keys that a data centre has made. */
  keysAt(dcId: number): Map<bigint, AuthKey> {
    const known = this.#keys.get(dcId) ?? new Map<bigint, AuthKey>();
    this.#keys.set(dcId, known);
    return known;
  }

  *keys(): IterableIterator<AuthKey> {
    for (const keys of this.#keys.values()) yield* keys.values();
  }

  /** A key that an account is logged in with from the start. @param now milliseconds */
  handOut(account: Account, dcId: number, now: number): AuthKey {
    const key = provisionKey(dcId);
    this.keysAt(dcId).set(key.id, key);
    key.device = new Device(account, HANDED_OUT, Math.floor(now / 1000) - HANDED_OUT_AGE);
    return key;
  }

  /** The devices an account is logged in on, the one used last first. */
  devicesOf(account: Account): readonly Device[] {
    const devices = new Set<Device>();
    for (const { device } of this.keys()) if (device?.account === account) devices.add(device);
    return [...devices].sort((a, b) => b.activeAt - a.activeAt);
  }

  /** From now on the key is this device's. */
  enter(key: AuthKey, device: Device): void {
    key.device = device;
    key.awaited = undefined;
    key.ended = undefined;
  }

  /** Logs a device out everywhere. @param why the error that its keys are answered with */
  end(device: Device, why = "AUTH_KEY_UNREGISTERED"): void {
    for (const key of this.keys()) {
      if (key.device !== device) continue;
      key.device = undefined;
      key.ended = why;
    }
  }

  /** A token with which somebody who has logged out may log in without a code: future_auth_token. */
  promise(account: Account): Buffer {
    const token = randomBytes(32);
    this.#futures.set(token.toString("hex"), account);
    return token;
  }

  /** Takes such a token back. */
  redeem(tokens: readonly Uint8Array[], account: Account): boolean {
    return tokens.some((token) => {
      const name = Buffer.from(token).toString("hex");
      return this.#futures.get(name) === account && this.#futures.delete(name);
    });
  }
}
