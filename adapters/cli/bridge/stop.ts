import { constants } from "node:os";
import { stopSignal } from "../stop-signal.js";

/** How a command is ended early: by the system's signals, or by itself. */
export interface Stop {
  readonly signal: AbortSignal;
  readonly now: (reason: unknown) => void;
}

/**
 * Ctrl-C reaches no server that leads a process group of its own. It is ended with the work; after a hangup nobody waits for
 * that, and it is ended at the exit.
 */
export function stopping(): Stop {
  const controller = new AbortController();
  process.once("SIGHUP", () => process.exit(128 + constants.signals.SIGHUP));
  return {
    signal: AbortSignal.any([stopSignal(), controller.signal]),
    now: (reason) => {
      controller.abort(reason);
    },
  };
}
