import type { Call } from "../call.js";
import { isGuardError, type CircuitReason, type GuardError } from "../errors.js";
import type { Events } from "../events.js";
import { holdScope, learnFlood, openCircuit } from "../state/admission.js";
import { FOREVER, type CircuitRule, type Circuits } from "../state/circuit.js";
import type { StateStore } from "../stores/store.js";
import { chatScope } from "./budgets.js";
import { updateFollowing } from "./follow.js";

/** When the circuit opens, and for how long. */
export interface CircuitOptions {
  /** A flood wait of this length or more opens the circuit, in milliseconds; 0 turns that off. @defaultValue 300_000 */
  readonly floodThresholdMs?: number;
  /** For how long at the least, in milliseconds. @defaultValue 900_000 */
  readonly cooldownMs?: number;
  /**
   * So many flood waits within `withinMs` milliseconds open it, however short; a count of 0 turns that off.
   * @defaultValue 5 in 10 minutes
   */
  readonly floodSeries?: { readonly count: number; readonly withinMs: number };
  /** For how long writes are off after PEER_FLOOD, in milliseconds. @defaultValue a day */
  readonly peerFloodMs?: number;
}

interface LearnOptions extends CircuitOptions {
  readonly store: StateStore;
  readonly events: Events;
}

export interface Learner {
  /** Writes down what an error says about the account, for all who share the store. */
  learn(call: Call, error: unknown, key: string): Promise<void>;
  /** How often a circuit has opened so far. */
  readonly openings: number;
  /** A call went through that was let in after so many openings: what was held back is open again. */
  passed(call: Call, openings: number): void;
}

const DAY_MS = 86_400_000;

/** What Telegram's errors say about the account itself (core.telegram.org/api/errors). */
const VERDICTS: Readonly<Record<string, readonly [which: keyof Circuits, reason: CircuitReason]>> = {
  PEER_FLOOD: ["writes", "peer_flood"],
  FROZEN_METHOD_INVALID: ["all", "frozen"],
  FROZEN_PARTICIPANT_MISSING: ["all", "frozen"],
  USER_DEACTIVATED: ["all", "dead"],
  USER_DEACTIVATED_BAN: ["all", "dead"],
};

export function createLearner({
  store,
  events,
  floodThresholdMs: thresholdMs = 300_000,
  cooldownMs = 900_000,
  floodSeries: series = { count: 5, withinMs: 600_000 },
  peerFloodMs = DAY_MS,
}: LearnOptions): Learner {
  const rule: CircuitRule = { thresholdMs, cooldownMs, series };
  const open = new Set<keyof Circuits>();
  let openings = 0;

  const announce = (which: keyof Circuits, reason: CircuitReason, name: string, forMs: number): void => {
    open.add(which);
    openings++;
    events.emit("circuit", { state: "open", reason, name, ...(forMs === FOREVER ? {} : { forMs }) });
  };

  const learnWait = async (call: Call, { details }: GuardError<"flood_wait">, key: string): Promise<void> => {
    const { retryAfterMs: waitMs, name, scope } = details;
    const isRead = call.kind === "read";
    events.emit("flood", { method: call.method, name, scope, waitMs });
    const held = scope === "chat" && call.chat !== undefined ? chatScope(call.method, call.chat) : call.method;
    // The delay before a takeout is a courtesy to the user's devices and says nothing of the account.
    if (scope === "takeout") {
      await updateFollowing(store, key, holdScope(held, waitMs, name));
      return;
    }
    const transition = learnFlood({ scope: held, waitMs, name, isRead }, rule);
    const verdict = await updateFollowing(store, key, transition);
    if (verdict !== undefined) announce("all", verdict.reason, name, verdict.forMs);
  };

  return {
    async learn(call, error, key) {
      if (isGuardError(error, "flood_wait")) {
        await learnWait(call, error, key);
        return;
      }
      const named = isGuardError(error, "telegram_error") || isGuardError(error, "session_dead");
      const verdict = named ? VERDICTS[error.details.name] : undefined;
      if (!named || verdict === undefined) return;
      const [which, reason] = verdict;
      const forMs = reason === "peer_flood" ? peerFloodMs : FOREVER;
      await updateFollowing(store, key, openCircuit(which, { reason, name: error.details.name }, forMs));
      announce(which, reason, error.details.name, forMs);
    },
    get openings() {
      return openings;
    },
    passed({ kind }, before) {
      // What was under way when the circuit opened says nothing about it.
      if (open.size === 0 || before !== openings) return;
      open.delete("all");
      if (kind !== "read") open.delete("writes");
      if (open.size === 0) events.emit("circuit", { state: "closed" });
    },
  };
}
