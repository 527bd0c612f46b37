import { randomBytes } from "node:crypto";
import type { AuthKey } from "../mtproto/auth-key.js";
import type { Device } from "./device.js";

const LIFE_MS = 30_000;

/** What a QR code stands for. */
export interface LoginToken {
  readonly bytes: Buffer;
  /** The key that waits to be logged in. */
  readonly key: AuthKey;
  /** Accounts that are logged in there already. */
  readonly except: readonly number[];
  /** Milliseconds of Unix time. */
  readonly expiresAt: number;
  /** The login that an account has agreed to. */
  device: Device | undefined;
  /** That login has been made. */
  isUsed: boolean;
}

/** Tokens of logins by QR code (core.telegram.org/api/qr-login). */
export class LoginTokens {
  #tokens: LoginToken[] = [];

  issue(key: AuthKey, except: readonly number[], now: number): LoginToken {
    this.#tokens = this.#tokens.filter((token) => token.expiresAt > now - LIFE_MS);
    const token = { bytes: randomBytes(32), key, except, expiresAt: now + LIFE_MS, device: undefined, isUsed: false };
    this.#tokens.push(token);
    return token;
  }

  find(bytes: Uint8Array): LoginToken | undefined {
    return this.#tokens.find((token) => token.bytes.equals(bytes));
  }

  /** The token of a key that somebody has agreed to and that waits to be used. */
  accepted(key: AuthKey, now: number): LoginToken | undefined {
    return this.#tokens.find((token) => token.key === key && token.device && !token.isUsed && token.expiresAt > now);
  }

  expireAll(): void {
    this.#tokens = this.#tokens.map((token) => ({ ...token, expiresAt: 0 }));
  }
}
