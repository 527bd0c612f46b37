import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  quotaLeft,
  releaseQuota,
  reserveQuota,
  type Calendar,
  type QuotaState,
  type Reserved,
} from "../../src/state/quota.js";
import { KeptRecord } from "./kept-record.js";

const DAY_MS = 86_400_000;
/** Days in UTC, without the database of time zones. */
const utc: Calendar = {
  dayOf: (now) => new Date(now).toISOString().slice(0, 10),
  msLeft: (now) => DAY_MS - (now % DAY_MS),
};
const LIMIT = 20;
const reserve = (units = 1, id?: string) =>
  reserveQuota({ units, limit: LIMIT, ...(id === undefined ? {} : { id }) }, utc);
const fresh = () => new KeptRecord<QuotaState>();
const left = (record: KeptRecord<QuotaState>): number => record.run(quotaLeft(LIMIT, utc));

interface Held {
  readonly units: number;
  readonly day: string;
  readonly id?: string;
}

type Event =
  | { readonly kind: "reserve"; readonly units: number; readonly id: string | undefined }
  | { readonly kind: "release"; readonly which: number }
  | { readonly kind: "pass"; readonly ms: number };

const events: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("reserve" as const),
        units: fc.integer({ min: 1, max: 7 }),
        id: fc.option(fc.constantFrom("a", "b", "c", "d", "e"), { nil: undefined }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("release" as const), which: fc.nat(40) }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 0, max: DAY_MS / 2 }) }),
    },
  ),
  { maxLength: 120 },
);

describe("A quota", () => {
  test("is never exceeded on any day, whatever is reserved, repeated and given back", () => {
    fc.assert(
      fc.property(events, (list) => {
        const record = fresh();
        /** What is held by those who were let through and have not given back, by day. */
        const used = new Map<string, number>();
        const held: Held[] = [];
        const ids = new Set<string>();
        for (const event of list) {
          const today = utc.dayOf(record.now);
          switch (event.kind) {
            case "pass":
              record.now += event.ms;
              if (utc.dayOf(record.now) !== today) ids.clear();
              break;
            case "reserve": {
              const answer: Reserved = record.run(reserve(event.units, event.id));
              const known = event.id !== undefined && ids.has(event.id);
              const before = used.get(today) ?? 0;
              const fits = known || before + event.units <= LIMIT;
              expect(answer.kind).toBe(fits ? "granted" : "refused");
              if (answer.kind === "refused" || known) break;
              used.set(today, before + event.units);
              if (event.id !== undefined) ids.add(event.id);
              held.push({ units: event.units, day: answer.day, ...(event.id === undefined ? {} : { id: event.id }) });
              break;
            }
            case "release": {
              const [gone] = held.splice(event.which, 1);
              if (gone === undefined) break;
              record.run(releaseQuota(gone));
              used.set(gone.day, (used.get(gone.day) ?? 0) - gone.units);
              if (gone.id !== undefined && gone.day === today) ids.delete(gone.id);
            }
          }
          const now = used.get(utc.dayOf(record.now)) ?? 0;
          expect(now).toBeLessThanOrEqual(LIMIT);
          expect(left(record)).toBe(LIMIT - now);
        }
      }),
    );
  });

  test("takes all units of a call or none", () => {
    const record = fresh();
    record.run(reserve(18));
    expect(record.run(reserve(3))).toEqual({ kind: "refused", left: 2, waitMs: utc.msLeft(record.now) });
    expect(left(record)).toBe(2);
    expect(record.run(reserve(2)).kind).toBe("granted");
    expect(left(record)).toBe(0);
  });

  test("counts the same reservation once, also when nothing is left", () => {
    const record = fresh();
    record.run(reserve(LIMIT, "action"));
    for (let times = 0; times < 5; times++) expect(record.run(reserve(LIMIT, "action")).kind).toBe("granted");
    expect(record.writes).toBe(1);
    expect(record.run(reserve(1, "other")).kind).toBe("refused");
  });

  test("gives back only what was held, and only once", () => {
    const record = fresh();
    const { day } = record.run(reserve(3, "action")) as Extract<Reserved, { kind: "granted" }>;
    record.run(reserve(4));
    const back = releaseQuota({ units: 3, id: "action", day });
    for (const release of [releaseQuota({ units: 9, id: "never", day }), back, back]) record.run(release);
    expect(left(record)).toBe(LIMIT - 4);
  });

  test("of today gains nothing by what is given back from yesterday, with a name or without", () => {
    for (const id of [undefined, "action"]) {
      const record = fresh();
      const { day } = record.run(reserve(5, id)) as Extract<Reserved, { kind: "granted" }>;
      record.now += DAY_MS;
      record.run(reserve(6));
      record.run(releaseQuota({ units: 5, day, ...(id === undefined ? {} : { id }) }));
      expect(left(record)).toBe(LIMIT - 6);
    }
  });

  test("begins anew at the end of its day, not a millisecond earlier", () => {
    const record = fresh();
    record.run(reserve(LIMIT));
    record.now += utc.msLeft(record.now) - 1;
    expect(record.run(reserve())).toEqual({ kind: "refused", left: 0, waitMs: 1 });
    record.now += 1;
    expect(left(record)).toBe(LIMIT);
  });

  test("whose limit was lowered below what is used has nothing left", () => {
    const record = fresh();
    record.run(reserve(15));
    expect(record.run(quotaLeft(10, utc))).toBe(0);
    expect(record.run(reserveQuota({ units: 1, limit: 10 }, utc))).toMatchObject({ kind: "refused", left: 0 });
  });
});

describe("When somebody sets the clock back", () => {
  const back = fc.integer({ min: 1, max: 400 * DAY_MS });

  test("a quota never starts anew by that, however far and however often", () => {
    const jumps = fc.array(back, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LIMIT }), jumps, (units, setBack) => {
        const record = fresh();
        record.run(reserve(units, "action"));
        for (const ms of setBack) {
          record.now -= ms;
          expect(left(record)).toBe(LIMIT - units);
          expect(record.run(reserve(units, "action")).kind).toBe("granted");
          expect(left(record)).toBe(LIMIT - units);
        }
      }),
    );
  });

  test("no quota stays used up for longer than three days", () => {
    fc.assert(
      fc.property(back, (ms) => {
        const record = fresh();
        record.run(reserve(LIMIT));
        record.now -= ms;
        expect(record.run(reserve()).kind).toBe("refused");
        record.now += 3 * DAY_MS;
        expect(record.run(reserve()).kind).toBe("granted");
      }),
    );
  });
});
