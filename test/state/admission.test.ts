import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  askAdmission,
  giveBack,
  learnFlood,
  lookAgain,
  type AdmissionState,
  type Answer,
  type Ask,
} from "../../src/state/admission.js";
import { KeptRecord, START } from "./kept-record.js";

const rate = { perSecond: 4, burst: 8 };
const HISTORY = ["messages.getHistory"];
const askOf = (over: Partial<Ask> = {}): Ask => ({
  own: [],
  shared: { bucket: "account", rate, units: 1 },
  ownPaid: false,
  scopes: HISTORY,
  isRead: true,
  maxWaitMs: Infinity,
  ...over,
});
const ask = (over: Partial<Ask> = {}) => askAdmission(askOf(over));
/** Floods here hold their scope and nothing else: circuits have tests of their own. */
const NO_CIRCUIT = { thresholdMs: 0, cooldownMs: 0, series: { count: 0, withinMs: 0 } };
const holdBack = (scope: string, waitMs: number, name: string) =>
  learnFlood({ scope, waitMs, name, isRead: true }, NO_CIRCUIT);

const waitOf = (answer: Answer): number => {
  if (answer.kind === "moved") throw new Error("moved, and nobody moved it");
  return answer.waitMs;
};
const granted = (answer: Answer) => {
  if (answer.kind !== "granted") throw new Error(`${answer.kind} instead of granted`);
  return answer;
};

describe("Admission", () => {
  test("grants the burst at once and then one slot an interval", () => {
    const account = new KeptRecord<AdmissionState>();
    const waits = Array.from({ length: 12 }, () => waitOf(account.run(ask())));
    expect(waits).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 250, 500, 750, 1000]);
  });

  test("gives nothing to a held scope, and the others go on as if there were no hold", () => {
    const scopes = ["a", "b", "c"];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...scopes), fc.integer({ min: 1, max: 5000 })), { maxLength: 4 }),
        fc.array(fc.tuple(fc.constantFrom(...scopes), fc.integer({ min: 0, max: 700 })), { maxLength: 60 }),
        (holds, asks) => {
          const account = new KeptRecord<AdmissionState>();
          const free = new KeptRecord<AdmissionState>();
          for (const [scope, waitMs] of holds) account.run(holdBack(scope, waitMs, "FLOOD_WAIT_X"));
          for (const [scope, pause] of asks) {
            account.now = free.now = account.now + pause;
            const until = Math.max(0, ...holds.filter(([held]) => held === scope).map(([, ms]) => START + ms));
            const answer = account.run(ask({ scopes: [scope] }));
            if (until > account.now)
              expect(answer).toEqual({ kind: "held", waitMs: until - account.now, name: "FLOOD_WAIT_X" });
            else expect(answer).toEqual(free.run(ask({ scopes: [scope] })));
          }
        },
      ),
    );
  });

  test("a held scope reserves nothing, however often it asks", () => {
    const account = new KeptRecord<AdmissionState>();
    account.run(holdBack("a", 10_000, "FLOOD_WAIT_10"));
    for (let count = 0; count < 50; count++) account.run(ask({ scopes: ["a"] }));
    expect(account.writes).toBe(1);
    expect(waitOf(account.run(ask({ scopes: ["b"] })))).toBe(0);
  });

  test("refuses a wait that does not fit, and then reserves nothing", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 12_000 }), (taken, maxWaitMs) => {
        const account = new KeptRecord<AdmissionState>();
        for (let count = 0; count < taken; count++) account.run(ask());
        const before = account.state;
        const expectedMs = waitOf(ask()(account.state, account.now).result);
        const answer = account.run(ask({ maxWaitMs }));
        if (expectedMs <= maxWaitMs) expect(answer).toMatchObject({ kind: "granted", waitMs: expectedMs });
        else {
          expect(answer).toEqual({ kind: "refused", waitMs: expectedMs, reason: "rate" });
          expect(account.state).toEqual(before);
        }
      }),
    );
  });

  test("refuses a hold that lasts longer than the caller can wait, and says how long it lasts", () => {
    const account = new KeptRecord<AdmissionState>();
    account.run(holdBack("messages.getHistory", 30_000, "FLOOD_WAIT_30"));
    expect(account.run(ask({ maxWaitMs: 29_999 }))).toEqual({ kind: "refused", waitMs: 30_000, reason: "flood" });
    expect(account.run(ask({ maxWaitMs: 30_000 }))).toMatchObject({ kind: "held" });
    account.now += 30_000;
    expect(account.run(ask({ maxWaitMs: 0 }))).toMatchObject({ kind: "granted" });
  });

  test("takes the last slot back, and not one that somebody stands behind", () => {
    const account = new KeptRecord<AdmissionState>();
    const slots = Array.from({ length: 10 }, () => granted(account.run(ask())).slots);
    const [first, last] = [slots.at(-2), slots.at(-1)];
    if (first === undefined || last === undefined) throw new Error("no slots");
    account.run(giveBack(first));
    expect(waitOf(account.run(ask()))).toBe(750);
    account.run(giveBack(last));
    expect(waitOf(account.run(ask()))).toBe(1000);
  });

  test("gives the very next caller the slot that came back", () => {
    const account = new KeptRecord<AdmissionState>();
    for (let count = 0; count < 9; count++) account.run(ask());
    const { slots, waitMs } = granted(account.run(ask()));
    account.run(giveBack(slots));
    expect(waitOf(account.run(ask()))).toBe(waitMs);
  });

  test("who has waited for a slot looks once more and pays nothing for it", () => {
    const account = new KeptRecord<AdmissionState>();
    const look = lookAgain(askOf());
    const goes = { kind: "granted", waitMs: 0, slots: {} };
    expect(account.run(look)).toEqual(goes);
    account.run(holdBack("messages.getHistory", 3000, "FLOOD_WAIT_3"));
    account.now += 1000;
    expect(account.run(look)).toEqual({ kind: "held", waitMs: 2000, name: "FLOOD_WAIT_3" });
    account.now += 2000;
    expect(account.run(look)).toEqual(goes);
    expect(account.writes).toBe(1);
  });

  test("forgets nothing that still counts, whatever the limits, when the record expires", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 200_000_000 }), (taken, floodMs) => {
        const account = new KeptRecord<AdmissionState>();
        account.run(holdBack("a", floodMs, "FLOOD_WAIT_X"));
        for (let count = 0; count < taken; count++) account.run(ask());
        account.now += floodMs - 1;
        expect(account.run(ask({ scopes: ["a"] })).kind).toBe("held");
      }),
    );
  });
});

describe("When somebody sets the clock back", () => {
  const back = fc.integer({ min: 1, max: 400_000_000 });
  const taken = fc.integer({ min: 1, max: 40 });

  test("nobody waits longer than before, and no burst comes out of it", () => {
    fc.assert(
      fc.property(taken, back, fc.integer({ min: 1, max: 20 }), (count, backMs, more) => {
        const account = new KeptRecord<AdmissionState>();
        const untouched = new KeptRecord<AdmissionState>();
        for (let index = 0; index < count; index++) for (const each of [account, untouched]) each.run(ask());
        account.now -= backMs;
        for (let index = 0; index < more; index++) {
          expect(waitOf(account.run(ask()))).toBeCloseTo(waitOf(untouched.run(ask())), 3);
        }
      }),
    );
  });

  test("a hold lasts as long as it had still to last when it was written, and then it ends", () => {
    fc.assert(
      fc.property(
        back,
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: 10 }),
        (backMs, floodMs, looks) => {
          const account = new KeptRecord<AdmissionState>();
          account.run(holdBack("messages.getHistory", floodMs, "FLOOD_WAIT_X"));
          account.now -= backMs;
          // Each look takes a part of the wait; together they must come to an end, and at the right time.
          for (let look = 0; look < looks; look++) {
            const expected = floodMs - Math.floor((floodMs * look) / looks);
            expect(account.run(ask())).toMatchObject({ kind: "held", waitMs: expected });
            expect(account.run(lookAgain(askOf()))).toMatchObject({ kind: "held", waitMs: expected });
            account.now += Math.floor((floodMs * (look + 1)) / looks) - Math.floor((floodMs * look) / looks);
          }
          expect(account.run(ask()).kind).toBe("granted");
        },
      ),
    );
  });

  test("the promise of each window holds for everybody who waits by durations", () => {
    // Callers sleep for the wait they were given, on a timer that no setting of the clock moves.
    const step = fc.record({
      pauseMs: fc.integer({ min: 0, max: 900 }),
      setBackMs: fc.option(back, { freq: 8, nil: 0 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const account = new KeptRecord<AdmissionState>();
        let passed = 0;
        const sent = steps
          .map(({ pauseMs, setBackMs }) => {
            passed += pauseMs;
            account.now += pauseMs - setBackMs;
            return passed + waitOf(account.run(ask()));
          })
          .sort((a, b) => a - b);
        sent.forEach((last, index) => {
          for (let first = 0; first <= index; first++) {
            const windowSeconds = (last - (sent[first] ?? 0)) / 1000;
            expect(index - first + 1).toBeLessThanOrEqual(rate.burst + rate.perSecond * windowSeconds + 0.01);
          }
        });
      }),
    );
  });
});
