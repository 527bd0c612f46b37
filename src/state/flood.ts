/** Telegram asked to leave something alone until a time. */
export interface Hold {
  readonly until: number;
  /** Telegram's own name of the error, for people: `FLOOD_WAIT_23`. */
  readonly name: string;
}
/** What is held: a method (`messages.getHistory`) or a method in one chat (`chat:123`). */
export type Holds = Readonly<Record<string, Hold>>;

/** Adds a hold; of two on the same thing the longer counts. Holds that are over are dropped. */
export function addHold(holds: Holds, scope: string, hold: Hold, now: number): Holds {
  const kept = Object.entries(holds).filter(([, { until }]) => until > now);
  const before = holds[scope];
  const longer = before !== undefined && before.until > hold.until ? before : hold;
  return { ...Object.fromEntries(kept), [scope]: longer };
}

/** The longest hold that still covers one of these scopes. */
export function coveringHold(holds: Holds, scopes: readonly string[], now: number): Hold | undefined {
  let longest: Hold | undefined;
  for (const scope of scopes) {
    const hold = holds[scope];
    if (hold !== undefined && hold.until > now && hold.until > (longest?.until ?? -Infinity)) longest = hold;
  }
  return longest;
}

/** After the clock was set back, the same durations count from the new time. */
export function shiftHolds(holds: Holds, byMs: number): Holds {
  return Object.fromEntries(
    Object.entries(holds).map(([scope, { until, name }]) => [scope, { until: until + byMs, name }]),
  );
}
