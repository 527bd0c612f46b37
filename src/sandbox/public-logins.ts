import type { LoginChange } from "./world/account.js";

/** One login of an account, as the list of devices shows it. */
export interface WorldDevice {
  readonly hash: bigint;
  /** What the client told in initConnection. */
  readonly about: {
    readonly apiId: number;
    readonly deviceModel: string;
    readonly systemVersion: string;
    readonly appVersion: string;
  };
  /** Seconds of Unix time. */
  readonly createdAt: number;
  /** Seconds of Unix time. */
  readonly activeAt: number;
}

/**
 * What the owners of accounts, and Telegram itself, do about logins.
 *
 * @example
 * ```ts
 * const { id } = sandbox.world.accounts[1] ?? { id: 0 };
 * sandbox.world.changeLogin(id, { code: "12345", password: "harbour" });
 * console.log(sandbox.world.devices(id).length);
 * sandbox.world.revoke(id); // SESSION_REVOKED
 * ```
 */
export interface WorldLogins {
  /** Where an account is logged in, the device used last first. */
  devices(account: number | string): readonly WorldDevice[];
  /** Another code, password (`undefined` takes it away), e-mail… for an account, or how its codes are sent. */
  changeLogin(account: number | string, changes: LoginChange): void;
  /** Login codes sent and QR codes shown so far are no longer good: `PHONE_CODE_EXPIRED`, `AUTH_TOKEN_EXPIRED`. */
  expireLogins(): void;
  /**
   * An account's owner reads a QR code with his phone and agrees to the login.
   *
   * @param token the text of the QR code (`tg://login?token=…`), or the token in it
   * @throws Error with Telegram's name for what is wrong with the token, such as `AUTH_TOKEN_EXPIRED`
   */
  acceptQr(token: string | Uint8Array, account: number | string): void;
  /** An account's owner logs a device out from elsewhere, or all of them: `SESSION_REVOKED`. */
  revoke(account: number | string, device?: bigint): void;
  /** The account is deleted: `USER_DEACTIVATED`, and its number is free. A banned one's number is banned. */
  deactivate(account: number | string, how?: { readonly banned?: boolean }): void;
  /** Telegram sees the account's keys at two addresses at once: `AUTH_KEY_DUPLICATED`, and they are lost. */
  duplicateKeys(account: number | string): void;
}
