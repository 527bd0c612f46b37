import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { askAdmission, learnFlood, type AdmissionState, type Answer, type Draw } from "../../src/state/admission.js";
import type { Rate } from "../../src/state/token-bucket.js";
import { KeptRecord } from "./kept-record.js";

const SHARED: Draw = { bucket: "account", rate: { perSecond: 4, burst: 8 }, units: 1 };
const own = (rate: Rate, bucket = "method:a", units = 1): Draw => ({ bucket, rate, units });
const TEN_IN_THIRTY = own({ perSecond: 1 / 3, burst: 10 });

interface Asked {
  readonly own?: readonly Draw[];
  readonly shared?: Draw | undefined;
  readonly ownPaid?: boolean;
  readonly maxWaitMs?: number;
  readonly scopes?: readonly string[];
}
const ask = (asked: Asked) =>
  askAdmission({
    own: [],
    shared: "shared" in asked ? asked.shared : SHARED,
    ownPaid: false,
    scopes: ["a"],
    isRead: true,
    maxWaitMs: Infinity,
    ...asked,
  });
const account = () => new KeptRecord<AdmissionState>();
const told = (answer: Answer): readonly [string, number] => [answer.kind, "waitMs" in answer ? answer.waitMs : 0];

describe("A call with a budget of its own", () => {
  test("takes its own slot and the shared one in one step while both are free", () => {
    const record = account();
    const answer = record.run(ask({ own: [TEN_IN_THIRTY] }));
    expect(answer).toMatchObject({ kind: "granted", waitMs: 0 });
    expect(Object.keys(answer.kind === "granted" ? answer.slots : {})).toEqual(["method:a", "account"]);
    expect(record.writes).toBe(1);
  });

  test("waits for its own slot without one of the account's, so that nobody else waits for it", () => {
    const record = account();
    for (let count = 0; count < 10; count++) record.run(ask({ own: [TEN_IN_THIRTY], shared: undefined }));
    for (let count = 1; count <= 5; count++) {
      expect(told(record.run(ask({ own: [TEN_IN_THIRTY] })))).toEqual(["queued", count * 3000]);
    }
    for (let count = 0; count < 8; count++) expect(told(record.run(ask({})))).toEqual(["granted", 0]);
  });

  test("pays for it once: who was queued comes back for the shared slot alone", () => {
    const record = account();
    for (let count = 0; count < 10; count++) record.run(ask({ own: [TEN_IN_THIRTY], shared: undefined }));
    record.run(ask({ own: [TEN_IN_THIRTY] }));
    const before = record.state?.buckets["method:a"];
    record.now += 3000;
    expect(told(record.run(ask({ own: [TEN_IN_THIRTY], ownPaid: true })))).toEqual(["granted", 0]);
    expect(record.state?.buckets["method:a"]).toBe(before);
  });

  test("that cannot leave in time reserves nothing of either", () => {
    const record = account();
    for (let count = 0; count < 10; count++) record.run(ask({ own: [TEN_IN_THIRTY], shared: undefined }));
    const before = record.state;
    expect(record.run(ask({ own: [TEN_IN_THIRTY], maxWaitMs: 2999 }))).toEqual({
      kind: "refused",
      waitMs: 3000,
      reason: "rate",
    });
    for (let count = 0; count < 10; count++) record.run(ask({ shared: SHARED }));
    const full = record.state;
    record.run(ask({ own: [own({ perSecond: 1, burst: 5 }, "method:b")], maxWaitMs: 100 }));
    expect([before?.buckets["method:a"], record.state]).toEqual([full?.buckets["method:a"], full]);
  });

  test("keeps its budget and the account's in every window, whatever the mix", () => {
    const rate = { perSecond: 2, burst: 3 };
    const steps = fc.array(
      fc.record({
        pauseMs: fc.integer({ min: 0, max: 800 }),
        withOwn: fc.boolean(),
        units: fc.integer({ min: 1, max: 3 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, (list) => {
        const record = account();
        const sent: { at: number; own: number }[] = [];
        /** Those who wait for a slot of their own, and when they come back for the shared one. */
        const queued: { back: number; units: number }[] = [];
        const settle = (draws: readonly Draw[], units: number, ownPaid: boolean): void => {
          const answer = record.run(ask({ own: draws, ownPaid }));
          if (answer.kind === "queued") queued.push({ back: record.now + answer.waitMs, units });
          else if (answer.kind === "granted") sent.push({ at: record.now + answer.waitMs, own: units });
        };
        const until = (end: number): void => {
          queued.sort((a, b) => a.back - b.back);
          for (let next = queued[0]; next !== undefined && next.back <= end; next = queued[0]) {
            queued.shift();
            record.now = next.back;
            settle([own(rate, "method:a", next.units)], next.units, true);
          }
          record.now = end;
        };
        for (const { pauseMs, withOwn, units } of list) {
          until(record.now + pauseMs);
          settle(withOwn ? [own(rate, "method:a", units)] : [], withOwn ? units : 0, false);
        }
        until(record.now + 600_000);
        sent.sort((a, b) => a.at - b.at);
        sent.forEach((last, index) => {
          let all = 0;
          for (let first = index; first >= 0; first--) {
            all++;
            const seconds = (last.at - (sent[first]?.at ?? 0)) / 1000;
            expect(all).toBeLessThanOrEqual(8 + 4 * seconds + 0.01);
          }
        });
        // By the time of their own slots; the shared one may come later and push them together, but not their number.
        expect(sent.filter((one) => one.own > 0).length).toBe(list.filter(({ withOwn }) => withOwn).length);
      }),
    );
  });

  test("that weighs several units comes when all of them are free", () => {
    const record = account();
    const members = (): Answer =>
      record.run(ask({ own: [own({ perSecond: 100, burst: 400 }, "pause", 200)], shared: undefined }));
    expect([members(), members(), members(), members()].map(told)).toEqual([
      ["granted", 0],
      ["granted", 0],
      ["queued", 2000],
      ["queued", 4000],
    ]);
  });
});

describe("Where there is no shared budget", () => {
  test("everybody goes at once, and nothing is written", () => {
    const record = account();
    for (let count = 0; count < 100; count++) {
      expect(told(record.run(ask({ shared: undefined })))).toEqual(["granted", 0]);
    }
    expect(record.writes).toBe(0);
  });

  test("a flood still holds its method, and a circuit everything", () => {
    const record = account();
    const rule = { thresholdMs: 300_000, cooldownMs: 900_000, series: { count: 5, withinMs: 600_000 } };
    record.run(learnFlood({ scope: "a", waitMs: 5000, name: "FLOOD_WAIT_5", isRead: true }, rule));
    expect(told(record.run(ask({ shared: undefined })))).toEqual(["held", 5000]);
    expect(told(record.run(ask({ shared: undefined, scopes: ["b"] })))).toEqual(["granted", 0]);
    record.run(learnFlood({ scope: "a", waitMs: 300_000, name: "FLOOD_WAIT_300", isRead: true }, rule));
    expect(told(record.run(ask({ shared: undefined, scopes: ["b"] })))).toEqual(["open", 900_000]);
  });
});
