import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { askAdmission, learnFlood, openCircuit, type AdmissionState } from "../../src/state/admission.js";
import { absorb, leaveFor } from "../../src/state/admission-move.js";
import { KeptRecord } from "./kept-record.js";

const rate = { perSecond: 4, burst: 8 };
const ask = (scope = "a") =>
  askAdmission({
    own: [],
    shared: { bucket: "account", rate, units: 1 },
    ownPaid: false,
    scopes: [scope],
    isRead: true,
    maxWaitMs: Infinity,
  });
const RULE = { thresholdMs: 300_000, cooldownMs: 900_000, series: { count: 5, withinMs: 600_000 } };
const flood = (waitMs: number) => learnFlood({ scope: "a", waitMs, name: "FLOOD_WAIT", isRead: true }, RULE);

/** A session's record and its account's, on one clock. */
function pair() {
  const session = new KeptRecord<AdmissionState>();
  const account = new KeptRecord<AdmissionState>();
  return {
    session,
    account,
    pass(ms: number): void {
      session.now = account.now = session.now + ms;
    },
    move(): boolean {
      const left = session.run(leaveFor("account"));
      if (left !== undefined) account.run(absorb(left, { account: rate }));
      return left !== undefined;
    },
  };
}
type Pair = ReturnType<typeof pair>;

function timeOf(record: Pair["session"]): number {
  const answer = record.run(ask());
  if (answer.kind !== "granted") throw new Error(`${answer.kind} instead of granted`);
  return record.now + answer.waitMs;
}

describe("When a session's account becomes known", () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 40 });

  test("its requests before and after stay within the one budget, in every window", () => {
    fc.assert(
      fc.property(pauses, pauses, (before, after) => {
        const both = pair();
        const sent: number[] = [];
        for (const ms of before) {
          both.pass(ms);
          sent.push(timeOf(both.session));
        }
        both.move();
        for (const ms of after) {
          both.pass(ms);
          sent.push(timeOf(both.account));
        }
        sent.sort((a, b) => a - b);
        sent.forEach((last, index) => {
          for (let first = 0; first <= index; first++) {
            const seconds = (last - (sent[first] ?? 0)) / 1000;
            expect(index - first + 1).toBeLessThanOrEqual(rate.burst + rate.perSecond * seconds + 0.01);
          }
        });
      }),
    );
  });

  test("what both used has to be earned again before there is a burst", () => {
    const counts = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(counts, counts, (ofSession, ofAccount) => {
        const both = pair();
        for (let count = 0; count < ofSession; count++) timeOf(both.session);
        for (let count = 0; count < ofAccount; count++) timeOf(both.account);
        both.move();
        const next = timeOf(both.account) - both.account.now;
        expect(next).toBe(Math.max(0, (ofSession + ofAccount - rate.burst + 1) * 250));
      }),
    );
  });

  test("it is moved once, and everybody who still asks there is told where to go", () => {
    const both = pair();
    timeOf(both.session);
    expect([both.move(), both.move()]).toEqual([true, false]);
    expect(both.session.run(ask())).toEqual({ kind: "moved", to: "account" });
    both.pass(400 * 86_400_000);
    expect(both.session.run(ask())).toEqual({ kind: "moved", to: "account" });
  });

  test("a record that was never used moves without a word", () => {
    const both = pair();
    expect(both.move()).toBe(true);
    expect(timeOf(both.account)).toBe(both.account.now);
  });

  test("waits and circuits go with it, and of two the longer counts", () => {
    for (const [first, second] of [
      [4000, 9000],
      [9000, 4000],
    ] as const) {
      const both = pair();
      both.session.run(flood(first));
      both.account.run(flood(second));
      both.session.run(openCircuit("writes", { reason: "peer_flood", name: "PEER_FLOOD" }, 60_000));
      both.move();
      expect(both.account.run(ask())).toMatchObject({ kind: "held", waitMs: 9000 });
      expect(both.account.state?.circuits.writes).toMatchObject({ reason: "peer_flood" });
    }
  });

  test("floods on either side count towards one series", () => {
    const both = pair();
    for (let count = 0; count < 2; count++) both.session.run(flood(1000));
    for (let count = 0; count < 2; count++) both.account.run(flood(1000));
    both.move();
    expect(both.account.run(flood(1000))).toEqual({ forMs: RULE.cooldownMs, reason: "many_floods" });
  });
});
