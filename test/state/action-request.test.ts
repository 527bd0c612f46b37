import { describe, expect, it } from "vitest";
import { claimAction, openApproval, settleAction, type ActionState } from "../../src/state/action.js";
import { markStep } from "../../src/state/action-mark.js";
import { askOperator, decideRequest, eraseExpired } from "../../src/state/action-request.js";
import { KeptRecord } from "./kept-record.js";

const TTL_MS = 60_000;
const WINDOW_MS = 3_600_000;
const ask = (key = "question") =>
  askOperator({ key, operation: "sendMessage", sealed: "text", ttlMs: TTL_MS, randomIds: ["1"], windowMs: WINDOW_MS });
const decide = (verdict: "approved" | "rejected", key = "question") =>
  decideRequest({ key, verdict, by: "Ines", windowMs: WINDOW_MS });
const claim = (key: string, grant?: { readonly approver: string; readonly ttlMs: number }) =>
  claimAction({
    key,
    leaseMs: 30_000,
    windowMs: WINDOW_MS,
    forceResend: false,
    randomIds: ["2"],
    ...(grant === undefined ? {} : { grant }),
  });
const done = (fence: number) => settleAction(fence, { kind: "done", result: 1, windowMs: WINDOW_MS });

describe("A question to the operator", () => {
  it("is asked once, decided once, and its yes is used once", () => {
    const record = new KeptRecord<ActionState>();
    expect(record.run(ask())).toMatchObject({ kind: "waiting", leftMs: TTL_MS });
    record.now += 10_000;
    expect(record.run(ask("another"))).toMatchObject({ kind: "waiting", leftMs: TTL_MS - 10_000 });
    expect(record.run(decide("approved", "another"))).toBe(false);
    expect(record.run(decide("approved"))).toBe(true);
    expect(record.run(decide("rejected"))).toBe(false);
    expect(JSON.stringify(record.state)).not.toContain("text");
    expect(record.run(ask())).toMatchObject({ kind: "approved", approval: { key: "question", by: "Ines" } });
    expect(record.run(claim("question"))).toMatchObject({ kind: "claimed", fence: 1 });
    expect(record.run(done(1))).toBe(true);
    expect(record.state?.phase).toMatchObject({ kind: "done", approver: "operator", by: "Ines" });
    expect(record.run(claim("question"))).toMatchObject({ kind: "repeated" });
  });

  it("keeps its time when somebody sets the clock back", () => {
    const record = new KeptRecord<ActionState>();
    record.run(ask());
    record.now -= 1_000_000;
    expect(record.run(ask())).toMatchObject({ kind: "waiting", leftMs: TTL_MS });
    record.run(decide("approved"));
    record.now += TTL_MS;
    expect(record.run(claim("question"))).toEqual({ kind: "expired" });
  });

  it("loses its text when its time is over", () => {
    const record = new KeptRecord<ActionState>();
    record.run(ask());
    expect(record.run(eraseExpired)).toBe(false);
    record.now += TTL_MS;
    expect(record.run(decide("approved"))).toBe(false);
    expect(record.run(eraseExpired)).toBe(true);
    expect(JSON.stringify(record.state)).not.toContain("text");
  });
});

describe("An approval given with the claim", () => {
  it("never overtakes a run, and repeats nothing that is done", () => {
    const record = new KeptRecord<ActionState>();
    const grant = { approver: "callback", ttlMs: TTL_MS };
    expect(record.run(claim("one", grant))).toMatchObject({ kind: "claimed", fence: 1 });
    expect(record.run(claim("two", grant))).toMatchObject({ kind: "busy" });
    record.run(done(1));
    expect(record.run(claim("three", grant))).toMatchObject({ kind: "already_done" });
    expect(record.run(claim("one"))).toMatchObject({ kind: "repeated" });
  });
});

describe("What a run has finished", () => {
  it("is known to whoever resumes it, and to no later generation", () => {
    const record = new KeptRecord<ActionState>();
    const open = (key: string) =>
      openApproval({ key, approver: "code", minAgeMs: 0, ttlMs: WINDOW_MS * 3, randomIds: ["1"], windowMs: WINDOW_MS });
    record.run(open("one"));
    record.run(claim("one"));
    expect(record.run(markStep(2, "added", "7"))).toBe(false);
    expect(record.run(markStep(1, "added", "7"))).toBe(true);
    record.now += 30_000;
    expect(record.run(claim("one"))).toMatchObject({ fence: 2, marks: { added: "7" } });
    expect(record.run(markStep(1, "late", ""))).toBe(false);
    record.run(done(2));
    record.run(open("two"));
    record.now += WINDOW_MS;
    expect(record.run(claim("two"))).toEqual({ kind: "claimed", fence: 3, generation: 2, randomIds: ["2"] });
  });

  it("was nothing, and then doing it again is no repetition", () => {
    const record = new KeptRecord<ActionState>();
    const grant = { approver: "callback", ttlMs: TTL_MS };
    record.run(claim("one", grant));
    record.run(settleAction(1, { kind: "done", result: null, unchanged: "is a member", windowMs: WINDOW_MS }));
    expect(record.run(claim("one"))).toMatchObject({ kind: "repeated", unchanged: "is a member" });
    expect(record.run(claim("two", grant))).toMatchObject({ kind: "claimed", generation: 2 });
  });
});
