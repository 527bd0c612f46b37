import { GuardError } from "../errors.js";

const details = { store: "redis" } as const;

export const asGuardError = (error: unknown): unknown => (error instanceof GuardError ? error : unavailable(error));

export const unavailable = (cause: unknown, nextStep = nextStepFor(cause)): GuardError<"store_unavailable"> =>
  new GuardError("store_unavailable", "Redis does not answer as it should; nothing was sent.", {
    details,
    nextStep,
    cause,
  });

export const refused = (message: string, nextStep: string, cause?: unknown): GuardError<"store_unavailable"> =>
  new GuardError("store_unavailable", message, { details, nextStep, cause });

export const closedStore = (): GuardError<"store_unavailable"> =>
  refused("The store is closed.", "Open a new store; a closed one answers nothing.");

export const lost = (): GuardError<"state_lost"> =>
  new GuardError("state_lost", "Redis no longer holds the state that was there before.", {
    details,
    nextStep:
      "Bring Redis's data back. To start afresh on purpose, and with all counters at zero, delete the marker file and open the store again.",
  });

export const damaged = (key: string, cause?: unknown): GuardError<"state_lost"> =>
  new GuardError("state_lost", `The record ${key} in Redis is damaged.`, {
    details,
    nextStep: "Restore Redis's data from a copy. Nothing is sent as long as it cannot be read.",
    cause,
  });

/** Redis names the kind of an error in its first word. */
const NEXT_STEPS: readonly (readonly [kind: RegExp, nextStep: string])[] = [
  [/^(NOAUTH|WRONGPASS)\b/, "Check user and password in the address of Redis."],
  [/^NOPERM\b/, "Give the user of Redis the right to run scripts and to reach keys with this prefix."],
  [/^(MOVED|ASK|CROSSSLOT|CLUSTERDOWN)\b/, "Use a single Redis server: cluster mode is not supported."],
  [/^(OOM|MISCONF)\b/, "Give Redis more memory or disk: it refuses to write."],
  [/^READONLY\b/, "Use the address of the primary: a replica takes no writes."],
];

function nextStepFor(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : "";
  const known = NEXT_STEPS.find(([kind]) => kind.test(message));
  return known?.[1] ?? "Check that Redis runs and can be reached at its address; then try again.";
}
