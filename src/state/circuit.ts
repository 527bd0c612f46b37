import type { CircuitReason } from "../errors.js";

/** Until when a circuit stays open that only a person can close. */
export const FOREVER = Number.MAX_SAFE_INTEGER;

/** A circuit that is open: nothing passes until then. */
export interface OpenCircuit {
  readonly until: number;
  readonly reason: CircuitReason;
  /** Telegram's own name of the error that opened it; none where a person did. */
  readonly name?: string;
}

/**
 * Three circuits: what Telegram's answers open, for everything the account does and for its writes alone, and what a person
 * opens for its writes. They are kept apart, so that ending a stop does not end what Telegram asked for.
 */
export interface Circuits {
  readonly all?: OpenCircuit;
  readonly writes?: OpenCircuit;
  readonly stopped?: OpenCircuit;
}

/** When a flood wait opens the circuit. */
export interface CircuitRule {
  /** A wait of this length or more opens it; 0 turns that off. */
  readonly thresholdMs: number;
  /** For how long at the least. */
  readonly cooldownMs: number;
  /** So many waits, however short, within that time open it, too. A count of 0 turns that off. */
  readonly series: { readonly count: number; readonly withinMs: number };
}

export interface SeenFlood {
  readonly waitMs: number;
  readonly isRead: boolean;
  /** When the account's latest floods were, this one included. */
  readonly times: readonly number[];
}

/** For how long a flood opens the account's circuit, and why. */
export interface Verdict {
  readonly forMs: number;
  readonly reason: CircuitReason;
}

/** `undefined` when the flood does not open the circuit. */
export function judgeFlood(
  { waitMs, isRead, times }: SeenFlood,
  { thresholdMs, cooldownMs, series }: CircuitRule,
): Verdict | undefined {
  if (thresholdMs > 0 && waitMs >= thresholdMs) {
    // A write or login that was flooded says that Telegram watches the account, not just one method.
    return { forMs: isRead ? cooldownMs : Math.max(cooldownMs, waitMs), reason: "long_flood" };
  }
  return series.count > 0 && times.length >= series.count ? { forMs: cooldownMs, reason: "many_floods" } : undefined;
}

/** Opens a circuit; of two openings the one that lasts longer counts. */
export function open(circuits: Circuits, which: keyof Circuits, opening: OpenCircuit): Circuits {
  const before = circuits[which];
  return before !== undefined && before.until > opening.until ? circuits : { ...circuits, [which]: opening };
}

/** What stands in the way of a call now: a person's word first. */
export function blocking({ all, writes, stopped }: Circuits, isRead: boolean, now: number): OpenCircuit | undefined {
  const inTheWay = isRead ? [all] : [stopped, all, writes];
  return inTheWay.find((circuit) => circuit !== undefined && circuit.until > now);
}

/** Closes what a person has stopped; where nobody has, what Telegram's answers opened. */
export const close = ({ stopped, ...others }: Circuits): Circuits => (stopped === undefined ? {} : others);

/** After the clock was set back the same durations count from the new time. */
export function shiftCircuits(circuits: Circuits, byMs: number): Circuits {
  const shift = (circuit: OpenCircuit): OpenCircuit =>
    circuit.until === FOREVER ? circuit : { ...circuit, until: circuit.until + byMs };
  return Object.fromEntries(
    Object.entries(circuits).map(([which, circuit]: [string, OpenCircuit]) => [which, shift(circuit)]),
  );
}
