import { definedOnly } from "../defined-only.js";
import type { CircuitReason } from "../errors.js";
import { closeCircuits, openCircuit, type AdmissionState } from "../state/admission.js";
import { look } from "../state/admission-record.js";
import { blocking, FOREVER, type OpenCircuit } from "../state/circuit.js";
import type { StateStore } from "../stores/store.js";
import { admissionKey } from "./admission.js";
import { updateFollowing } from "./follow.js";

/**
 * How the account is:
 *
 * - `healthy`: nothing stands in the way;
 * - `throttled`: Telegram asked to leave some methods alone for a while; the others go on;
 * - `limited`: the circuit is open for a while, for everything or for writes;
 * - `frozen`: Telegram has frozen the account; only a person can have that lifted;
 * - `dead`: the account or its session is gone.
 */
export type HealthStatus = "healthy" | "throttled" | "limited" | "frozen" | "dead";

/** How the account is, what still passes, until when not, and why. */
export interface Health {
  readonly status: HealthStatus;
  /** What still passes. */
  readonly allows: { readonly reads: boolean; readonly writes: boolean };
  /** A person has stopped all writes, until a person lets them pass again; whatever else is told here. */
  readonly stopped: boolean;
  /** Why, when the circuit is open; `stopped` where nothing but that stop is in the way. */
  readonly reason?: CircuitReason;
  /** Telegram's own name of the error behind it; absent where a person stopped writes. */
  readonly name?: string;
  /** How long until everything passes again, in milliseconds; absent when waiting does not help, or is not needed. */
  readonly retryAfterMs?: number;
  /** What Telegram asked to leave alone: methods, or a method in one chat (`method@chat`), and for how long. */
  readonly holds: readonly { readonly scope: string; readonly name: string; readonly forMs: number }[];
}

/** Reads the account's health from the shared record. */
export const readHealth = (store: StateStore, account: string): Promise<Health> =>
  store.update<AdmissionState, Health>(admissionKey(account), look(healthOf));

/** Stops all writes until a person closes the circuit; who is under way already is refused at the next request. */
export const stopWrites = (store: StateStore, account: string): Promise<undefined> =>
  updateFollowing(store, admissionKey(account), openCircuit("stopped", { reason: "stopped" }, FOREVER), {
    durable: true,
  });

/**
 * Ends a stop, and that alone; where there is none, closes the circuits, as a person may who knows better. Flood holds stay,
 * since they are Telegram's.
 */
export const resetCircuits = (store: StateStore, account: string): Promise<undefined> =>
  store.update<AdmissionState, undefined>(admissionKey(account), closeCircuits(), { durable: true });

/** The session is dead, whatever the account is. */
export const deadHealth = (name: string): Health => ({
  status: "dead",
  allows: { reads: false, writes: false },
  stopped: false,
  reason: "dead",
  name,
  holds: [],
});

function healthOf(state: AdmissionState, now: number): Health {
  const holds = Object.entries(state.holds)
    .filter(([, { until }]) => until > now)
    .map(([scope, { until, name }]) => ({ scope, name, forMs: until - now }));
  const [reads, writes] = [blocking(state.circuits, true, now), blocking(state.circuits, false, now)];
  const { stopped, ...opened } = state.circuits;
  const allows = { reads: reads === undefined, writes: writes === undefined };
  const told = { allows, stopped: stopped !== undefined, holds };
  const circuit = blocking(opened, false, now);
  if (circuit === undefined && stopped !== undefined) return { ...told, status: "limited", reason: stopped.reason };
  if (circuit === undefined) return { ...told, status: holds.length > 0 ? "throttled" : "healthy" };
  const { reason, name } = circuit;
  // The circuit for writes may be open for longer than the one for everything.
  const until = Math.max(opened.all?.until ?? 0, opened.writes?.until ?? 0);
  const why = definedOnly({ name, retryAfterMs: until === FOREVER ? undefined : until - now });
  return { ...told, status: statusOf(circuit), reason, ...why };
}

function statusOf({ reason }: OpenCircuit): HealthStatus {
  return reason === "frozen" || reason === "dead" ? reason : "limited";
}
