import { parseInput } from "../input.js";
import { toIso } from "../models/ids.js";
import type { Telegram } from "../telegram/telegram.js";
import { readOptions, type ReadOptions } from "./options.js";

/** A device or program that is logged in to the account, as Telegram's apps show it under Devices. */
export interface Device {
  /** An int64, by which Telegram names it; `0` for this one. */
  readonly hash: string;
  /** This very session. */
  readonly isCurrent: boolean;
  readonly deviceModel: string;
  readonly platform: string;
  readonly systemVersion: string;
  /** The name of the program. */
  readonly app: string;
  readonly appVersion: string;
  /** One of Telegram's own apps. */
  readonly isOfficial: boolean;
  /** ISO times: of the login, and of the last use. */
  readonly createdAt: string;
  readonly activeAt: string;
  /** Where Telegram believes it to be. */
  readonly country: string;
  /** The address it was last used from. */
  readonly ip: string;
}

/** Everything that is logged in to the account, this session first. One request. */
export async function devices(telegram: Telegram, options: ReadOptions = {}): Promise<readonly Device[]> {
  const { account } = telegram.api;
  const call = parseInput(readOptions, options, "options");
  const { authorizations } = await telegram.invoke(new account.GetAuthorizations(), call);
  const found = authorizations.map((one) => ({
    hash: one.hash.toString(),
    isCurrent: one.current ?? false,
    deviceModel: one.deviceModel,
    platform: one.platform,
    systemVersion: one.systemVersion,
    app: one.appName,
    appVersion: one.appVersion,
    isOfficial: one.officialApp ?? false,
    createdAt: toIso(one.dateCreated),
    activeAt: toIso(one.dateActive),
    country: one.country,
    ip: one.ip,
  }));
  return found.sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent) || b.activeAt.localeCompare(a.activeAt));
}
