import type { Call } from "../call.js";
import type { Guard, Next } from "../chain.js";
import { GuardError, isGuardError, type Quota } from "../errors.js";
import { QUOTA_WORDS } from "../quota-words.js";
import { quotaLeft, releaseQuota, reserveQuota, type QuotaState, type Reserved } from "../state/quota.js";
import type { StateStore } from "../stores/store.js";
import { calendarIn } from "./calendar.js";

/** How much of each kind a day may see, over all processes that share the store. */
export interface QuotaOptions {
  /** Messages to people and bots. @defaultValue 20 */
  readonly directMessages?: number;
  /** Joining, leaving, inviting, removing, banning. @defaultValue 20 */
  readonly joins?: number;
  /** Messages to groups, supergroups and channels. @defaultValue 30 */
  readonly groupMessages?: number;
  /** Where a day begins and ends, by the IANA database. @defaultValue "UTC" */
  readonly timeZone?: string;
}

interface QuotaGuardOptions {
  readonly store: StateStore;
  readonly quotas?: QuotaOptions;
}

const keyOf = (account: string, quota: Quota): string => `quota:${account}:${quota}`;

/** The limit of each quota. */
export const quotaLimits = ({
  directMessages = 20,
  joins = 20,
  groupMessages = 30,
}: QuotaOptions): Readonly<Record<Quota, number>> => ({
  dm: directMessages,
  join: joins,
  group_msg: groupMessages,
});

/** Reserves the units of a call before anything is sent, and gives back only what was surely not applied. */
export function quota({ store, quotas = {} }: QuotaGuardOptions): Guard {
  const limits = quotaLimits(quotas);
  const calendar = calendarIn(quotas.timeZone ?? "UTC");

  /** The day that the units were taken from. */
  const reserve = async (call: Call, kind: Quota): Promise<string> => {
    const reservation = { units: call.units, limit: limits[kind], ...idOf(call) };
    const transition = reserveQuota(reservation, calendar);
    const answer = await store.update<QuotaState, Reserved>(keyOf(call.account, kind), transition, { durable: true });
    if (answer.kind === "refused") throw exceeded(call, kind, limits[kind], answer.left, answer.waitMs);
    return answer.day;
  };

  const release = async (call: Call, kind: Quota, day: string): Promise<void> => {
    const transition = releaseQuota({ units: call.units, ...idOf(call), day });
    await store.update<QuotaState, undefined>(keyOf(call.account, kind), transition, { durable: true });
  };

  return async function quota<T>(call: Call<T>, next: Next): Promise<T> {
    if (call.quota === undefined) return next(call);
    const day = await reserve(call, call.quota);
    try {
      return await next(call);
    } catch (error) {
      // A resumed action may have been applied by an earlier run, whatever this one says.
      if (isGuardError(error) && error.applied === "no" && call.attempt === 1) await release(call, call.quota, day);
      throw error;
    }
  };
}

/** Tells how much of a quota is left today. */
export function quotaReader({
  store,
  quotas = {},
}: QuotaGuardOptions): (account: string, quota: Quota) => Promise<number> {
  const limits = quotaLimits(quotas);
  const calendar = calendarIn(quotas.timeZone ?? "UTC");
  return (account, kind) => store.update<QuotaState, number>(keyOf(account, kind), quotaLeft(limits[kind], calendar));
}

/** An action that is resumed after a crash is the same reservation. */
const idOf = ({ claim }: Call): { readonly id?: string } => (claim === undefined ? {} : { id: claim.reservation });

const exceeded = (
  call: Call,
  kind: Quota,
  limit: number,
  left: number,
  retryAfterMs: number,
): GuardError<"quota_exceeded"> =>
  new GuardError(
    "quota_exceeded",
    `The day's quota of ${limit} ${QUOTA_WORDS[kind]} has ${left} left; nothing was sent.`,
    {
      details: { method: call.method, quota: kind, limit, left, retryAfterMs },
      nextStep:
        "Go on after retryAfterMs, when the next day begins. A higher quota is a risk that the account carries.",
    },
  );
