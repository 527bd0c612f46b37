import { Mutex } from "async-mutex";
import type { Call } from "../call.js";
import type { Guard, Next } from "../chain.js";
import { abortReason, sleep } from "../clock.js";
import type { Events } from "../events.js";
import {
  askAdmission,
  giveBack,
  lookAgain,
  type AdmissionState,
  type Answer,
  type Ask,
  type Slots,
} from "../state/admission.js";
import type { StateStore } from "../stores/store.js";
import { circuitOpen, tooLong } from "./admission-refusals.js";
import { askOf, type BudgetOptions } from "./budgets.js";
import { whenConnected, type ConnectedOptions } from "./connected.js";
import { createLearner, type CircuitOptions } from "./learn.js";
import { withFallback } from "./read-fallback.js";
import { inTurn, Turns } from "./turn.js";

/** How attempts are let in: the budgets, what opens the circuit, and where that is kept. */
export interface AdmissionOptions extends BudgetOptions, CircuitOptions, ConnectedOptions {
  readonly store: StateStore;
  /** Where the shared budget is kept when it is this process's alone. @defaultValue `store` */
  readonly bucketStore?: StateStore;
  /** Where reads are admitted while `store` does not answer. Without it they fail as writes do. */
  readonly readFallback?: StateStore;
  readonly events: Events;
}

/** Waits shorter than this are the rhythm of the bucket, not news. */
const WORTH_TELLING_MS = 1000;

/** A process that wakes later than this has missed its time: others have the next ones. */
const LATE_MS = 500;

/** Under which the account's record is kept. */
export const admissionKey = (account: string): string => `admission:${account}`;

type Question = (ask: Ask) => ReturnType<typeof askAdmission>;
type Passed = Extract<Answer, { kind: "granted" | "queued" | "held" }>;

/** Gives every attempt its place in the account's queue, and keeps away from what Telegram asked to leave alone. */
export function admission(options: AdmissionOptions): Guard {
  const { store, bucketStore, readFallback, clock, events } = options;
  const readStore = readFallback === undefined ? store : withFallback(store, readFallback);
  const askFor = askOf(options);
  const learner = createLearner({ ...options, store: readStore });
  const placeFor = ({ kind }: Call): StateStore => (kind === "read" ? readStore : store);
  const bulkTurn = new Mutex();
  const ownTurns = new Turns();
  /** Sessions whose account became known under way, and where their record is now. */
  const moved = new Map<string, string>();
  const keyOf = ({ account }: Call): string => moved.get(account) ?? admissionKey(account);

  const announce = (call: Call, reason: "rate" | "flood", waitMs: number, text: string): void => {
    if (waitMs >= WORTH_TELLING_MS) events.emit("wait", { method: call.method, reason, waitMs, text });
  };

  /** Whether the slot's time is still the present. */
  const waitForSlot = async (place: StateStore, call: Call, slots: Slots, waitMs: number): Promise<boolean> => {
    if (waitMs === 0) return true;
    const due = clock.now() + waitMs;
    announce(call, "rate", waitMs, `The budget of requests is used up: ${call.method} waits for its turn`);
    try {
      await sleep(clock, waitMs, call.signal);
    } catch (aborted) {
      // A slot that cannot be given back is lost, which harms nobody; the caller is to hear of the abort.
      await place.update(keyOf(call), giveBack(slots)).catch(() => undefined);
      throw aborted;
    }
    return clock.now() - due <= LATE_MS;
  };

  const waitForHold = async (call: Call, waitMs: number, name: string): Promise<void> => {
    announce(call, "flood", waitMs, `Telegram asks to wait ${Math.ceil(waitMs / 1000)} s for ${call.method} (${name})`);
    await sleep(clock, waitMs, call.signal);
  };

  const put = async (place: StateStore, call: Call, question: Question, ask: Ask): Promise<Passed> => {
    for (;;) {
      if (call.signal.aborted) throw abortReason(call.signal);
      const maxWaitMs = call.deadline - clock.now();
      const answer = await place.update<AdmissionState, Answer>(keyOf(call), question({ ...ask, maxWaitMs }));
      switch (answer.kind) {
        case "moved":
          moved.set(call.account, answer.to);
          continue;
        case "refused":
          throw tooLong(call, answer.waitMs, answer.reason);
        case "open":
          throw circuitOpen(call, answer);
        default:
          return answer;
      }
    }
  };

  const askAndWait = async (place: StateStore, call: Call, ask: Ask): Promise<Passed> => {
    for (;;) {
      const answer = await put(place, call, askAdmission, ask);
      if (answer.kind !== "granted") return answer;
      if (await waitForSlot(place, call, answer.slots, answer.waitMs)) return answer;
      // A machine that is overloaded wakes many processes at once, and they would all send at once.
      await place.update(keyOf(call), giveBack(answer.slots));
    }
  };

  /** One bulk call of this process waits for a slot of the account at a time, so that interactive ones come between. */
  const reserve = async (place: StateStore, call: Call, ask: Ask): Promise<Passed> => {
    const turn = call.lane === "bulk" ? bulkTurn : undefined;
    const first = await inTurn(turn, call, () => askAndWait(place, call, ask));
    if (first.kind !== "queued") return first;
    await waitForSlot(place, call, first.slots, first.waitMs);
    return inTurn(turn, call, () => askAndWait(place, call, { ...ask, ownPaid: true }));
  };

  /** Bulk calls with the same budget of their own come one after the other: who waits for it holds up no others. */
  const reserveInOrder = (place: StateStore, call: Call, ask: Ask): Promise<Passed> => {
    const bucket = call.lane === "bulk" ? ask.own.at(-1)?.bucket : undefined;
    return inTurn(bucket === undefined ? undefined : ownTurns.of(bucket), call, () => reserve(place, call, ask));
  };

  /** A flood may have come while the call waited for its slot: that slot is then given up, for its time will be over. */
  const holdMeanwhile = async (place: StateStore, call: Call, ask: Ask, slots: Slots): Promise<Passed> => {
    // The look comes last: a connection that was lost meanwhile may take long to come back.
    await whenConnected(options, call);
    const answer = await put(placeFor(call), call, lookAgain, ask);
    if (answer.kind === "held") await place.update(keyOf(call), giveBack(slots));
    return answer;
  };

  const pass = async (place: StateStore, call: Call, ask: Ask): Promise<void> => {
    for (;;) {
      let answer = await reserveInOrder(place, call, ask);
      if (answer.kind === "granted" && answer.waitMs > 0) answer = await holdMeanwhile(place, call, ask, answer.slots);
      if (answer.kind !== "held") return;
      await waitForHold(call, answer.waitMs, answer.name);
    }
  };

  const passBoth = async (place: StateStore, shared: StateStore, call: Call, ask: Ask): Promise<void> => {
    await pass(place, call, { ...ask, shared: undefined });
    await pass(shared, call, { ...ask, own: [] });
    // The budget of this process knows no circuit, and a person may have stopped writes meanwhile.
    if (call.kind !== "read") await pass(place, call, { ...ask, own: [], shared: undefined });
  };

  const enter = (call: Call): Promise<void> => {
    const place = placeFor(call);
    return bucketStore === undefined
      ? pass(place, call, askFor(call))
      : passBoth(place, bucketStore, call, askFor(call));
  };

  return async function admission<T>(call: Call<T>, next: Next): Promise<T> {
    await enter(call);
    const { openings } = learner;
    try {
      const result = await next(call);
      learner.passed(call, openings);
      return result;
    } catch (error) {
      await learner.learn(call, error, keyOf(call));
      throw error;
    }
  };
}
