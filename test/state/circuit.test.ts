import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  askAdmission,
  closeCircuits,
  learnFlood,
  openCircuit,
  type AdmissionState,
  type Answer,
} from "../../src/state/admission.js";
import { FOREVER, judgeFlood, open, shiftCircuits, type CircuitRule, type Circuits } from "../../src/state/circuit.js";
import { KeptRecord, START } from "./kept-record.js";

const RULE: CircuitRule = { thresholdMs: 300_000, cooldownMs: 900_000, series: { count: 5, withinMs: 600_000 } };
const WITHOUT_SERIES: CircuitRule = { ...RULE, series: { count: 0, withinMs: 600_000 } };

const ask = (isRead: boolean) =>
  askAdmission({
    own: [],
    shared: undefined,
    ownPaid: false,
    scopes: ["another.method"],
    isRead,
    maxWaitMs: Infinity,
  });
const flood = (waitMs: number, isRead: boolean, rule: CircuitRule = RULE) =>
  learnFlood({ scope: "a.method", waitMs, name: `FLOOD_WAIT_${waitMs / 1000}`, isRead }, rule);
const account = () => new KeptRecord<AdmissionState>();
/** For how long other methods are held back; 0 when they pass. */
function openFor(record: KeptRecord<AdmissionState>, isRead: boolean): number {
  const answer: Answer = record.run(ask(isRead));
  return answer.kind === "open" ? answer.waitMs : 0;
}

const waits = fc.integer({ min: 1, max: 4_000_000 });

describe("A long flood", () => {
  test("of a read opens the account's circuit for the cooldown, of anything else for the whole wait at the least", () => {
    fc.assert(
      fc.property(waits, fc.boolean(), (waitMs, isRead) => {
        const record = account();
        const verdict = record.run(flood(waitMs, isRead));
        const expected = waitMs < RULE.thresholdMs ? 0 : isRead ? RULE.cooldownMs : Math.max(RULE.cooldownMs, waitMs);
        expect(verdict).toEqual(expected === 0 ? undefined : { forMs: expected, reason: "long_flood" });
        expect([openFor(record, true), openFor(record, false)]).toEqual([expected, expected]);
        record.now += Math.max(0, expected - 1);
        if (expected > 0) expect(openFor(record, true)).toBe(1);
        record.now += 1;
        expect(openFor(record, true)).toBe(0);
      }),
    );
  });

  test("opens nothing when the threshold is 0", () => {
    fc.assert(
      fc.property(waits, fc.boolean(), (waitMs, isRead) => {
        const record = account();
        expect(record.run(flood(waitMs, isRead, { ...WITHOUT_SERIES, thresholdMs: 0 }))).toBeUndefined();
        expect(openFor(record, false)).toBe(0);
      }),
    );
  });

  test("that comes while the circuit is open makes that no shorter", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 400_000 }), waits, fc.boolean())), (floods) => {
        const record = account();
        let until = 0;
        for (const [pauseMs, waitMs, isRead] of floods) {
          record.now += pauseMs;
          const verdict = judgeFlood({ waitMs, isRead, times: [record.now] }, WITHOUT_SERIES);
          record.run(flood(waitMs, isRead, WITHOUT_SERIES));
          if (verdict !== undefined) until = Math.max(until, record.now + verdict.forMs);
          expect(openFor(record, true)).toBe(Math.max(0, until - record.now));
        }
      }),
    );
  });
});

describe("Many short floods", () => {
  test("open it at the fifth within ten minutes, and at no other", () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 400_000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(pauses, (between) => {
        const record = account();
        const times: number[] = [];
        for (const pauseMs of between) {
          record.now += pauseMs;
          times.push(record.now);
          const recent = times.filter((time) => time > record.now - RULE.series.withinMs).length;
          const opened = { forMs: RULE.cooldownMs, reason: "many_floods" };
          expect(record.run(flood(1000, true))).toEqual(recent >= 5 ? opened : undefined);
        }
      }),
    );
  });

  test("open nothing when the count is 0, and keep no list of them", () => {
    const record = account();
    for (let count = 0; count < 50; count++) expect(record.run(flood(1000, true, WITHOUT_SERIES))).toBeUndefined();
    expect(record.state?.floods.length).toBeLessThanOrEqual(1);
  });

  test("that were long ago are not kept, however many there were", () => {
    const record = account();
    for (let count = 0; count < 50; count++) {
      record.now += 100;
      record.run(flood(1000, true));
    }
    expect(record.state?.floods.length).toBe(5);
  });
});

describe("PEER_FLOOD", () => {
  test("closes the way for writes alone, for as long as it was told", () => {
    const record = account();
    record.run(openCircuit("writes", { reason: "peer_flood", name: "PEER_FLOOD" }, 86_400_000));
    expect(record.run(ask(true)).kind).toBe("granted");
    expect(record.run(ask(false))).toEqual({
      kind: "open",
      waitMs: 86_400_000,
      reason: "peer_flood",
      name: "PEER_FLOOD",
    });
    record.now += 86_400_000;
    expect(record.run(ask(false)).kind).toBe("granted");
  });
});

describe.each(["frozen", "dead"] as const)("An account that is %s", (reason) => {
  const broken = () => {
    const record = account();
    record.run(openCircuit("all", { reason, name: "FROZEN_METHOD_INVALID" }, FOREVER));
    return record;
  };

  test("sends nothing any more, not in a hundred years, and whatever comes after", () => {
    const record = broken();
    record.now += 100 * 366 * 86_400_000;
    record.run(flood(1_000_000, false));
    for (const isRead of [true, false]) {
      expect(record.run(ask(isRead))).toEqual({ kind: "open", waitMs: FOREVER, reason, name: "FROZEN_METHOD_INVALID" });
    }
  });

  test("sends nothing after the clock was set back either", () => {
    const record = broken();
    record.now -= 3_600_000;
    expect(record.run(ask(true))).toMatchObject({ kind: "open", waitMs: FOREVER });
  });

  test("sends again once a person has closed the circuit", () => {
    const record = broken();
    record.run(closeCircuits());
    expect(record.run(ask(false)).kind).toBe("granted");
  });
});

test("Closing by hand ends both circuits and the count of floods, but no wait that Telegram asked for", () => {
  const record = account();
  for (let count = 0; count < 5; count++) record.run(flood(60_000, true));
  record.run(openCircuit("writes", { reason: "peer_flood", name: "PEER_FLOOD" }, 86_400_000));
  record.run(closeCircuits());
  expect([openFor(record, true), openFor(record, false)]).toEqual([0, 0]);
  const held = askAdmission({
    own: [],
    shared: undefined,
    ownPaid: false,
    scopes: ["a.method"],
    isRead: true,
    maxWaitMs: Infinity,
  });
  expect(record.run(held)).toMatchObject({ kind: "held", waitMs: 60_000 });
  expect(record.run(flood(1000, true))).toBeUndefined();
});

test("Closing a record that is not there writes none", () => {
  const record = account();
  record.run(closeCircuits());
  expect(record.writes).toBe(0);
});

describe("Circuits", () => {
  const opening = fc.record({
    until: fc.oneof(fc.integer({ min: START, max: START + 4_000_000 }), fc.constant(FOREVER)),
    reason: fc.constantFrom("long_flood" as const, "frozen" as const),
    name: fc.constant("NAME"),
  });

  test("of two openings keep the one that lasts longer, in whatever order they come", () => {
    fc.assert(
      fc.property(fc.array(opening, { minLength: 1 }), (openings) => {
        const circuits = openings.reduce<Circuits>((all, each) => open(all, "all", each), {});
        expect(circuits.all?.until).toBe(Math.max(...openings.map(({ until }) => until)));
        expect(circuits.writes).toBeUndefined();
      }),
    );
  });

  test("keep their lengths when all times are moved, and for ever stays for ever", () => {
    fc.assert(
      fc.property(
        fc.option(opening, { nil: undefined }),
        fc.option(opening, { nil: undefined }),
        fc.integer(),
        (all, writes, by) => {
          const circuits: Circuits = { ...(all && { all }), ...(writes && { writes }) };
          const moved = (circuit: typeof all) =>
            circuit && { ...circuit, until: circuit.until === FOREVER ? FOREVER : circuit.until + by };
          const shifted = shiftCircuits(circuits, by);
          expect([shifted.all, shifted.writes]).toEqual([moved(all), moved(writes)]);
        },
      ),
    );
  });
});
