import { abortReason, type Clock } from "../clock.js";
import { asUncertain } from "../errors.js";

export interface HeldLease {
  /** Aborts when the caller's signal does, or when another runner has taken over. */
  readonly signal: AbortSignal;
  end(): void;
}

export interface Lease {
  readonly leaseMs: number;
  /** Asks for that long again. False when another runner has taken over. */
  readonly renew: (leaseMs: number) => Promise<boolean>;
}

/** Keeps the lease of a run alive while it works, at a third of its length. */
export function holdLease({ leaseMs, renew }: Lease, clock: Clock, outer: AbortSignal): HeldLease {
  const controller = new AbortController();
  const onAbort = (): void => {
    controller.abort(abortReason(outer));
  };
  if (outer.aborted) onAbort();
  outer.addEventListener("abort", onAbort, { once: true });
  let cancel = (): void => undefined;

  const renewLater = (): void => {
    cancel = clock.after(leaseMs / 3, () => {
      renew(leaseMs).then(
        (ours) => {
          if (!ours) controller.abort(new Error("Another process has taken over this work."));
          else if (!controller.signal.aborted) renewLater();
        },
        // A store that fails now lets the lease lapse, which is what it is for. What is under way may have been sent.
        (error: unknown) => {
          controller.abort(asUncertain(error));
        },
      );
    });
  };
  renewLater();

  return {
    signal: controller.signal,
    end() {
      cancel();
      outer.removeEventListener("abort", onAbort);
      if (!controller.signal.aborted) controller.abort(new Error("The run is over."));
    },
  };
}
