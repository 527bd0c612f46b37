import type { Calendar } from "../state/quota.js";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Days in a time zone of the IANA database, such as `Europe/Oslo`. Throws a RangeError for an unknown one. */
export function calendarIn(timeZone: string): Calendar {
  // Swedish writes dates as ISO does.
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const dayOf = (now: number): string => format.format(now);
  return {
    dayOf,
    /** Found by looking, since days have 23 to 25 hours where clocks are changed: hours first, then minutes. */
    msLeft(now) {
      const day = dayOf(now);
      let end = now - (now % MINUTE_MS) + MINUTE_MS;
      while (dayOf(end + HOUR_MS) === day) end += HOUR_MS;
      while (dayOf(end) === day) end += MINUTE_MS;
      return end - now;
    },
  };
}
