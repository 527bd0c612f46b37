export interface Pace {
  readonly perSecond: number;
  /** Until it is done, if it goes on like this. */
  readonly leftMs: number;
}

/** Measures from the first time it is told how far the work is: what an earlier run did says nothing of this one. */
export function paceOf(now: () => number = () => performance.now()) {
  let first: { readonly at: number; readonly done: number } | undefined;
  return (done: number, total: number): Pace | undefined => {
    first ??= { at: now(), done };
    const [tookMs, did] = [now() - first.at, done - first.done];
    if (tookMs <= 0 || did <= 0) return undefined;
    const perMs = did / tookMs;
    return { perSecond: perMs * 1000, leftMs: Math.max(0, total - done) / perMs };
  };
}
