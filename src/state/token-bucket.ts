/** So many requests a second on average, and so many at once after a quiet time. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** A place in the queue: when it may be used, and how to give it back. */
export interface Slot {
  readonly at: number;
  /** What the bucket's `next` was before and after. */
  readonly from: number;
  readonly to: number;
}

/**
 * A token bucket kept as one number: the time from which the next slot counts (the theoretical arrival time of GCRA,
 * ITU-T I.371). Slots lie 1/perSecond apart and may be used at most burst - 1 slots early, so no window of w seconds
 * ever holds more than burst + perSecond * w of them. Something that weighs more takes several slots at once.
 */
export function takeSlot(next: number, { perSecond, burst }: Rate, now: number, units = 1): Slot {
  const interval = 1000 / perSecond;
  const from = Math.max(next, now - (burst - 1) * interval);
  return { at: Math.max(now, from + (units - 1) * interval), from, to: from + units * interval };
}

/** A slot nobody will use goes back when it was the last one handed out; else it is lost. */
export const returnSlot = (next: number, slot: Slot): number => (next === slot.to ? slot.from : next);
