import type { Step, Transition } from "../stores/store.js";

/** What was used of one quota today. */
export interface QuotaState {
  readonly v: 1;
  /** The day it counts, `YYYY-MM-DD` in the quota's time zone. */
  readonly day: string;
  readonly used: number;
  /** Reservations that must not be counted twice: of actions that a crash may bring back. */
  readonly reserved: Readonly<Record<string, number>>;
}

/** Names the day of a moment, and tells how long it still lasts. */
export interface Calendar {
  dayOf(now: number): string;
  msLeft(now: number): number;
}

export interface Reservation {
  readonly units: number;
  readonly limit: number;
  /** The same one is counted once, however often it is made. */
  readonly id?: string;
}

export type Reserved =
  /** `day` is what they were taken from, and where they go back to. */
  | { readonly kind: "granted"; readonly left: number; readonly day: string }
  | { readonly kind: "refused"; readonly left: number; readonly waitMs: number };

/** Two days: long enough that a clock set back finds the day it left. */
const KEPT_MS = 172_800_000;

const fresh = (day: string): QuotaState => ({ v: 1, day, used: 0, reserved: {} });

/**
 * The record of today. A clock set back goes on with the later day: a quota never starts anew by that. One that was set
 * back from far away would wait long for that day, so what was used then counts today.
 */
function today(state: QuotaState | undefined, calendar: Calendar, now: number): QuotaState {
  const day = calendar.dayOf(now);
  if (state === undefined || state.day < day) return fresh(day);
  return state.day > calendar.dayOf(now + KEPT_MS) ? { ...state, day } : state;
}

/** Answers without a change; a day that was brought back is kept, else each look would bring it back anew. */
function unchanged<R>(current: QuotaState | undefined, state: QuotaState, now: number, result: R): Step<QuotaState, R> {
  const broughtBack = current !== undefined && state.day < current.day;
  return broughtBack ? { next: state, result, expiresAt: now + KEPT_MS } : { next: current, result };
}

/** Takes the units before anything is sent, or none of them. */
export const reserveQuota =
  ({ units, limit, id }: Reservation, calendar: Calendar): Transition<QuotaState, Reserved> =>
  (current, now) => {
    const state = today(current, calendar, now);
    const left = Math.max(0, limit - state.used);
    if (id !== undefined && state.reserved[id] !== undefined)
      return unchanged(current, state, now, { kind: "granted", left, day: state.day });
    if (units > left) return unchanged(current, state, now, { kind: "refused", left, waitMs: calendar.msLeft(now) });
    const reserved = id === undefined ? state.reserved : { ...state.reserved, [id]: units };
    return {
      next: { ...state, used: state.used + units, reserved },
      result: { kind: "granted", left: left - units, day: state.day },
      expiresAt: now + KEPT_MS,
    };
  };

/** What is given back, and to which day. */
export interface Release extends Omit<Reservation, "limit"> {
  readonly day: string;
}

/** Gives back what was surely not applied, unless a new day has begun since. */
export const releaseQuota =
  ({ units, id, day }: Release): Transition<QuotaState, undefined> =>
  (current, now) => {
    if (current?.day !== day) return { next: current, result: undefined };
    const held = id === undefined ? units : (current.reserved[id] ?? 0);
    if (held === 0) return { next: current, result: undefined };
    const reserved = Object.fromEntries(Object.entries(current.reserved).filter(([key]) => key !== id));
    return {
      next: { ...current, used: Math.max(0, current.used - held), reserved },
      result: undefined,
      expiresAt: now + KEPT_MS,
    };
  };

/** How much is left today. */
export const quotaLeft =
  (limit: number, calendar: Calendar): Transition<QuotaState, number> =>
  (current, now) => {
    const state = today(current, calendar, now);
    return unchanged(current, state, now, Math.max(0, limit - state.used));
  };
