const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

/** A length of time for a person, rounded down: in the largest unit of which it has at least two, or one exactly. */
export function inTime(ms: number): string {
  const [unit, size] = UNITS.find(([, each]) => ms >= 2 * each || ms === each) ?? (["second", 1000] as const);
  return counted(Math.floor(ms / size), unit);
}

/** `1 chat`, `2 chats`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
