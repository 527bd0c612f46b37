import { Mutex } from "async-mutex";
import type { Call } from "../call.js";
import type { Guard, Next } from "../chain.js";
import { abortReason, sleep, type Clock } from "../clock.js";
import { GuardError, isGuardError } from "../errors.js";
import type { Events } from "../events.js";
import { askAdmission, giveBack, holdBack, lookAgain, type AdmissionState, type Answer } from "../state/admission.js";
import type { Rate, Slot } from "../state/token-bucket.js";
import type { StateStore } from "../stores/store.js";
import { takeTurn } from "./turn.js";

export interface AdmissionOptions {
  readonly store: StateStore;
  readonly clock: Clock;
  readonly events: Events;
  /** Requests a second for the account, over all processes. @defaultValue 4 */
  readonly perSecond?: number;
  /** Requests at once after a quiet time. @defaultValue twice `perSecond` */
  readonly burst?: number;
}

/** Waits shorter than this are the rhythm of the bucket, not news. */
const WORTH_TELLING_MS = 1000;

/** Gives every attempt its place in the account's queue, and keeps away from what Telegram asked to leave alone. */
export function admission({ store, clock, events, perSecond = 4, burst = 2 * perSecond }: AdmissionOptions): Guard {
  const rate: Rate = { perSecond, burst };
  const bulkTurn = new Mutex();
  const keyOf = (call: Call): string => `admission:${call.account}`;

  const announce = (call: Call, reason: "rate" | "flood", waitMs: number, text: string): void => {
    if (waitMs >= WORTH_TELLING_MS) events.emit("wait", { method: call.method, reason, waitMs, text });
  };

  const waitForSlot = async (call: Call, slot: Slot, waitMs: number): Promise<void> => {
    announce(call, "rate", waitMs, `${rate.perSecond} requests a second: ${call.method} waits for its turn`);
    try {
      await sleep(clock, waitMs, call.signal);
    } catch (aborted) {
      await store.update(keyOf(call), giveBack(slot));
      throw aborted;
    }
  };

  const waitForHold = async (call: Call, waitMs: number, name: string): Promise<void> => {
    announce(call, "flood", waitMs, `Telegram asks to wait ${Math.ceil(waitMs / 1000)} s for ${call.method} (${name})`);
    await sleep(clock, waitMs, call.signal);
  };

  /** Asks for a slot and waits for it, unless a hold stands in the way. */
  const reserve = async (call: Call): Promise<Exclude<Answer, { kind: "refused" }>> => {
    if (call.signal.aborted) throw abortReason(call.signal);
    const ask = askAdmission({ rate, scopes: scopesOf(call), maxWaitMs: call.deadline - clock.now() });
    const answer = await store.update<AdmissionState, Answer>(keyOf(call), ask);
    if (answer.kind === "refused") throw tooLong(call, answer.waitMs, answer.reason);
    if (answer.kind === "granted" && answer.waitMs > 0) await waitForSlot(call, answer.slot, answer.waitMs);
    return answer;
  };

  /** One bulk call of this process waits for a slot at a time; one that is held back lets the others pass. */
  const reserveInTurn: typeof reserve = async (call) => {
    const endTurn = await takeTurn(bulkTurn, call.signal);
    try {
      return await reserve(call);
    } finally {
      endTurn();
    }
  };

  const enter = async (call: Call): Promise<void> => {
    const ask = call.lane === "bulk" ? reserveInTurn : reserve;
    for (;;) {
      const answer = await ask(call);
      if (answer.kind === "held") {
        await waitForHold(call, answer.waitMs, answer.name);
        continue;
      }
      if (answer.waitMs > 0) await outwaitHolds(call, scopesOf(call));
      return;
    }
  };

  /** A flood may have come while this call waited for its slot, which it need not pay for again. */
  const outwaitHolds = async (call: Call, scopes: readonly string[]): Promise<void> => {
    for (;;) {
      const heldMs = await store.update<AdmissionState, number>(keyOf(call), lookAgain(scopes));
      if (heldMs === 0) return;
      if (clock.now() + heldMs > call.deadline) throw tooLong(call, heldMs, "flood");
      await waitForHold(call, heldMs, "seen by another call");
    }
  };

  const learn = async (call: Call, error: unknown): Promise<void> => {
    if (!isGuardError(error, "flood_wait")) return;
    const { retryAfterMs, name, scope } = error.details;
    events.emit("flood", { method: call.method, name, scope, waitMs: retryAfterMs });
    const held = scope === "chat" && call.chat !== undefined ? chatScope(call, call.chat) : call.method;
    await store.update(keyOf(call), holdBack(held, retryAfterMs, name));
  };

  return async function admission<T>(call: Call<T>, next: Next): Promise<T> {
    await enter(call);
    try {
      return await next(call);
    } catch (error) {
      await learn(call, error);
      throw error;
    }
  };
}

const chatScope = (call: Call, chat: string): string => `${call.method}@${chat}`;

const scopesOf = (call: Call): readonly string[] =>
  call.chat === undefined ? [call.method] : [call.method, chatScope(call, call.chat)];

const tooLong = (call: Call, retryAfterMs: number, reason: "rate" | "flood"): GuardError<"rate_limited"> =>
  new GuardError(
    "rate_limited",
    `${call.method} would have to wait ${Math.ceil(retryAfterMs / 1000)} s, longer than its deadline allows. Nothing was sent.`,
    { details: { method: call.method, retryAfterMs, reason }, nextStep: "Call again after retryAfterMs." },
  );
