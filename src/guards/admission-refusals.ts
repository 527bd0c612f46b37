import type { Call } from "../call.js";
import { definedOnly } from "../defined-only.js";
import { GuardError, type CircuitReason } from "../errors.js";
import type { Answer } from "../state/admission.js";
import { FOREVER } from "../state/circuit.js";

export const tooLong = (call: Call, retryAfterMs: number, reason: "rate" | "flood"): GuardError<"rate_limited"> =>
  new GuardError(
    "rate_limited",
    `${call.method} would have to wait ${Math.ceil(retryAfterMs / 1000)} s, longer than its deadline allows. Nothing was sent.`,
    { details: { method: call.method, retryAfterMs, reason }, nextStep: "Call again after retryAfterMs." },
  );

const WHY: Readonly<Record<CircuitReason, readonly [what: string, nextStep: string]>> = {
  long_flood: ["Telegram asked for a long wait", "Call again after retryAfterMs, and ask for less."],
  many_floods: ["Telegram asked to wait many times in a row", "Call again after retryAfterMs, and ask for less."],
  peer_flood: [
    "Telegram limits this account for spam; writes are off",
    "Ask @SpamBot in the Telegram app how long the limit lasts. Reading goes on.",
  ],
  frozen: [
    "Telegram has frozen this account",
    "Appeal in the Telegram app. When it is lifted: tg-guarded circuit close, or client.resetCircuit().",
  ],
  stopped: [
    "A person has stopped the writes of this account",
    "A person lets them pass again: tg-guarded circuit close, or client.resetCircuit(). Reading goes on.",
  ],
  dead: ["Telegram has closed this account", "Nothing can be sent with it any more."],
};

export function circuitOpen(call: Call, circuit: Extract<Answer, { kind: "open" }>): GuardError<"circuit_open"> {
  const { waitMs, reason, name } = circuit;
  const [what, nextStep] = WHY[reason];
  const error = name === undefined ? "" : ` (${name})`;
  const lasts = waitMs >= FOREVER ? "" : ` for another ${Math.ceil(waitMs / 1000)} s`;
  return new GuardError("circuit_open", `${what}${error}: ${call.method} is held back${lasts}. Nothing was sent.`, {
    details: {
      method: call.method,
      reason,
      ...definedOnly({ name, retryAfterMs: waitMs >= FOREVER ? undefined : waitMs }),
    },
    nextStep,
  });
}
