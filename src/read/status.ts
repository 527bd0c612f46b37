import { isGuardError, type ErrorCode, type Quota } from "../errors.js";
import type { Health } from "../guards/health.js";
import type { MetricsSnapshot } from "../metrics.js";
import { toUser, type User } from "../models/user.js";
import type { Telegram } from "../telegram/telegram.js";
import type { ReadOptions } from "./options.js";

/** Which session a client works with. */
export interface SessionInfo {
  /** As it was named, without its folder; absent for one that was handed over as a string. */
  readonly name?: string;
  /** Where its file lies. */
  readonly path?: string;
}

/** How much of one of the day's quotas is used, over all who share the store. */
export interface QuotaUsage {
  readonly used: number;
  readonly limit: number;
  readonly left: number;
}

/** How the account is, and what its guards did. */
export interface Stats {
  readonly quotas: Readonly<Record<Quota, QuotaUsage>>;
  /** The account's budget of requests; absent when it is off. */
  readonly budget?: { readonly perSecond: number; readonly burst: number };
  /** What still passes, until when not, and why: as `client.health()`. */
  readonly health: Health;
  /** What this process did. */
  readonly metrics: MetricsSnapshot;
  readonly session: SessionInfo;
}

/** Whether Telegram accepts the session, and whose it is. */
export interface AuthStatus {
  readonly authorized: boolean;
  readonly session: SessionInfo;
  readonly account?: User;
  /** Why it is not accepted. */
  readonly error?: { readonly code: ErrorCode; readonly message: string; readonly nextStep: string };
}

/** What the readings need that Telegram does not know. */
export interface ReadPorts {
  /** As `client.read.stats` tells it. */
  stats(): Promise<Stats>;
  readonly session: SessionInfo;
}

/** Only a dead session counts as not authorized; whatever else fails is thrown, since it tells nothing of the session. */
export async function authStatus(
  telegram: Telegram,
  { session }: ReadPorts,
  options: ReadOptions,
): Promise<AuthStatus> {
  try {
    return { authorized: true, session, account: toUser(await telegram.me(options)) };
  } catch (error) {
    if (!isGuardError(error, "session_dead")) throw error;
    const { code, message, nextStep } = error;
    return { authorized: false, session, error: { code, message, nextStep } };
  }
}
