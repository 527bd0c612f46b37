import { z } from "zod";

/** A moment: a `Date`, or ISO text. A date alone is its midnight in UTC, and a time without a zone is in UTC. */
export type Instant = string | Date;

const ISO = z
  .union([z.iso.date(), z.iso.datetime({ offset: true, local: true })], {
    error: "is not an ISO date or time, such as 2025-06-01 or 2025-06-01T12:00:00Z",
  })
  .transform((text) => Date.parse(/T.*(?:Z|[+-]\d\d:?\d\d)$/i.test(text) || !text.includes("T") ? text : `${text}Z`));

/** Milliseconds of Unix time. */
export const instant = z.union([z.date().transform(Number), ISO], {
  error: "is not a Date, nor an ISO date or time such as 2025-06-01 or 2025-06-01T12:00:00Z",
});

/** Telegram counts in whole seconds: the first of them that is not before the moment. */
export const secondsFrom = (ms: number): number => Math.ceil(ms / 1000);
