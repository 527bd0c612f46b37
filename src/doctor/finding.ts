import { isGuardError } from "../errors.js";
import { systemCode } from "../system-error.js";

/** What a finding is about. */
export type Topic =
  | "node"
  | "servers"
  | "configuration"
  | "gates"
  | "data"
  | "store"
  | "audit"
  | "sessions"
  | "access"
  | "limits"
  | "telegram"
  | "account"
  | "clock";

/**
 * `ok`: as it should be; `note`: worth knowing; `warning`: it works, but should be changed; `fault`: something does not
 * work.
 */
export type Level = "ok" | "note" | "warning" | "fault";

/** One thing that was looked at. No secret is in it. */
export interface Finding {
  readonly topic: Topic;
  readonly level: Level;
  /** A plain sentence, or a fact. */
  readonly text: string;
  /** The command, or the one change, that mends it. */
  readonly mend?: string;
  /** The configured server that it is about, where servers are examined. */
  readonly server?: string;
}

const of =
  (level: Level) =>
  (topic: Topic, text: string, mend?: string): Finding => ({
    topic,
    level,
    text,
    ...(mend === undefined ? {} : { mend }),
  });

export const ok = of("ok");
export const note = of("note");
export const warning = of("warning");
export const fault = of("fault");

const TRY_AGAIN = "Try again; if it stays so, look at the network, the proxy, the disk, the key ring.";
const AS_OWNER = "Run this as the user whom the files belong to.";

/** The doctor's own, and that of `AbortSignal.timeout`. */
const isTimeout = ({ name }: Error): boolean => name === "TooSlow" || name === "TimeoutError";

/** What an error tells. One that nobody foresaw is told as it is: to stop here would hide all that comes after. */
export function faultOf(topic: Topic, error: unknown, level: Level = "fault"): Finding {
  if (isGuardError(error)) return of(level)(topic, error.message, error.nextStep);
  if (error instanceof Error && isTimeout(error)) return of(level)(topic, "There was no answer in time.", TRY_AGAIN);
  if (systemCode(error) === "EACCES") return of(level)(topic, "The system refuses to look at it (EACCES).", AS_OWNER);
  return of(level)(topic, `Unexpected: ${error instanceof Error ? error.message : String(error)}`);
}
