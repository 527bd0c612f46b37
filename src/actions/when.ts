import { z } from "zod";
import { GuardError } from "../errors.js";
import { instant, secondsFrom } from "../read/instant.js";

/** Telegram takes what is scheduled up to a year ahead (core.telegram.org/api/scheduled-messages). */
const FURTHEST_MS = 365 * 86_400_000;
/** Nearer than that it is sent at once, which nobody asked for. */
const NEAREST_MS = 10_000;

/**
 * Seconds of Unix time at which a scheduled message goes out. That it is not too near is asked before it is approved and
 * before it is sent, and not again: whoever comes back to find out what became of it comes later.
 */
export const scheduleTime = z.unknown().transform((value, context) => {
  const parsed = instant.safeParse(value);
  if (!parsed.success) {
    context.addIssue(parsed.error.issues[0]?.message ?? "is no time");
    return z.NEVER;
  }
  if (parsed.data - Date.now() <= FURTHEST_MS) return secondsFrom(parsed.data);
  context.addIssue("must lie within a year");
  return z.NEVER;
});

/** The last moment at which a message can still be scheduled for then. */
export const latestFor = (schedule: number | undefined): { readonly notAfterMs?: number } =>
  schedule === undefined ? {} : { notAfterMs: schedule * 1000 - NEAREST_MS };

/** @throws {@link GuardError} `input_invalid` once it is too late to begin */
export function assertInTime(operation: string, notAfterMs = Infinity): void {
  if (Date.now() <= notAfterMs) return;
  throw new GuardError(
    "input_invalid",
    `${operation}.schedule: must lie at least ten seconds ahead; nothing was sent`,
    {
      details: { path: `${operation}.schedule` },
      nextStep: "Choose a later time, and preview the action again.",
    },
  );
}
