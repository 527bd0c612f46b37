import { randomBytes } from "node:crypto";
import type { Account } from "../world/account.js";

/** What a client says about itself in initConnection. */
export interface ClientAbout {
  readonly apiId: number;
  readonly deviceModel: string;
  readonly systemVersion: string;
  readonly appVersion: string;
}

/** One login of an account: what the list of devices shows. Its keys may lie at several data centres. */
export class Device {
  /** Names it in that list. Never 0, which is how the asking device is named. */
  readonly hash = randomBytes(8).readBigInt64LE() | 1n;
  /** Seconds of Unix time. */
  activeAt: number;

  /** @param createdAt seconds of Unix time */
  constructor(
    readonly account: Account,
    public about: ClientAbout,
    readonly createdAt: number,
  ) {
    this.activeAt = createdAt;
  }
}
