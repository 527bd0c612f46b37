import type { Missing } from "./shapes.js";

/** Counts the same things that are missing for the same reason together. */
export function mergeMissing(...lists: readonly (readonly Missing[])[]): Missing[] {
  const found = new Map<string, Missing>();
  for (const missing of lists.flat()) {
    const key = JSON.stringify([missing.what, missing.why]);
    found.set(key, { ...missing, count: missing.count + (found.get(key)?.count ?? 0) });
  }
  return [...found.values()];
}

/** Whether everything that was asked for is there. */
export const isComplete = (missing: readonly Missing[]): boolean => missing.every(({ byChoice = false }) => byChoice);

/** What Telegram counted and did not give. */
export const shortfall = (count: number, reported: number): readonly Missing[] =>
  count < reported ? [{ what: "record", count: reported - count, why: "Telegram counts more than it gives" }] : [];
