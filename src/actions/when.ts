import { z } from "zod";
import { instant, secondsFrom } from "../read/instant.js";

/** Telegram takes what is scheduled up to a year ahead (core.telegram.org/api/scheduled-messages). */
const FURTHEST_MS = 365 * 86_400_000;
/** Nearer than that it is sent at once, which nobody asked for. */
const NEAREST_MS = 10_000;

/** Seconds of Unix time at which a scheduled message goes out. */
export const scheduleTime = z.unknown().transform((value, context) => {
  const parsed = instant.safeParse(value);
  if (!parsed.success) {
    context.addIssue(parsed.error.issues[0]?.message ?? "is no time");
    return z.NEVER;
  }
  const aheadMs = parsed.data - Date.now();
  if (aheadMs >= NEAREST_MS && aheadMs <= FURTHEST_MS) return secondsFrom(parsed.data);
  context.addIssue("must lie between ten seconds and a year ahead");
  return z.NEVER;
});
