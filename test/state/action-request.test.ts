import { describe, expect, it } from "vitest";
import { claimAction, openApproval, settleAction, standingOf, type ActionState } from "../../src/state/action.js";
import { markStep } from "../../src/state/action-mark.js";
import { askOperator, decideRequest, eraseExpired, noteHostAsked } from "../../src/state/action-request.js";
import type { Transition } from "../../src/stores/store.js";
import { KeptRecord, START } from "./kept-record.js";

const TTL_MS = 60_000;
const WINDOW_MS = 3_600_000;
const ask = (key = "question") =>
  askOperator({ key, operation: "sendMessage", sealed: "text", ttlMs: TTL_MS, randomIds: ["1"], windowMs: WINDOW_MS });
const decide = (verdict: "approved" | "rejected", key = "question") => decideRequest({ key, verdict, by: "Ines" });
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

  /** Everything that looks at a question without changing it. */
  const looks = {
    ask: ask(),
    "show open questions": eraseExpired,
    "look where it stands": standingOf("operator", WINDOW_MS),
    "decide another": decide("approved", "another"),
    "note another": noteHostAsked("another"),
  } as const satisfies Record<string, Transition<ActionState, unknown>>;

  it.each(Object.entries(looks))("ends in its time after the clock was set back, however often they %s", (_, look) => {
    const record = new KeptRecord<ActionState>();
    record.run(ask());
    record.now -= 1_000_000;
    for (let polls = 0; polls < 6; polls++) {
      record.run<unknown>(look);
      record.now += TTL_MS / 6;
    }
    expect(record.run(decide("approved"))).toBe(false);
  });

  it.each(["approved", "rejected"] as const)(
    "that was %s is so no longer than its time, also when the clock was set back",
    (verdict) => {
      const record = new KeptRecord<ActionState>();
      record.run(ask());
      record.run(decide(verdict));
      record.now -= 1_000_000;
      for (let polls = 0; polls < 6; polls++) {
        expect(record.run(ask("again")).kind).toBe(verdict);
        record.now += TTL_MS / 6;
      }
      expect(record.run(ask("again")).kind).toBe("waiting");
    },
  );

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

describe("A done action", () => {
  const DAY_MS = 86_400_000;
  const windowMs = 30 * DAY_MS;
  const grant = { approver: "callback", ttlMs: TTL_MS };
  const again = { key: "again", leaseMs: 30_000, windowMs, forceResend: false, randomIds: ["3"], grant };
  const question = {
    key: "question",
    operation: "sendMessage",
    sealed: "text",
    ttlMs: TTL_MS,
    randomIds: ["1"],
    windowMs,
  };
  const doneForLong = () => {
    const record = new KeptRecord<ActionState>();
    record.run(claimAction({ ...again, key: "first" }));
    record.run(settleAction(1, { kind: "done", result: 1, windowMs }));
    record.now += DAY_MS;
    record.run(askOperator(question));
    return record;
  };

  it.each<[string, (record: KeptRecord<ActionState>) => void]>([
    ["was rejected", (record) => void record.run(decide("rejected"))],
    [
      "expired",
      (record) => {
        record.now += TTL_MS;
        record.run(eraseExpired);
      },
    ],
    ["was shown to the host", (record) => void record.run(noteHostAsked("question"))],
    [
      "was taken up by a run that applied nothing",
      (record) => {
        record.run(decide("approved"));
        record.run(claimAction({ ...again, key: "question", forceResend: true }));
        record.run(settleAction(2, { kind: "released" }));
      },
    ],
  ])("is remembered for its whole window, although a question about doing it again %s", (_, happens) => {
    const record = doneForLong();
    happens(record);
    record.now += 28 * DAY_MS;
    expect(record.run(claimAction(again))).toMatchObject({ kind: "already_done" });
    record.now += DAY_MS;
    expect(record.run(claimAction(again))).toMatchObject({ kind: "claimed" });
  });
});

describe("A record that knows neither its window nor what was done before", () => {
  const old = { v: 1, at: START, generation: 1, fence: 1, randomIds: ["1"], approvals: [] } as const;
  const kept = (phase: ActionState["phase"]) => {
    const record = new KeptRecord<ActionState>();
    record.run(() => ({ next: { ...old, phase }, result: undefined }));
    return record;
  };

  it("is done, and forgotten in its time", () => {
    const record = kept({ kind: "done", at: START, approvalKey: "one", result: 1 });
    record.run(ask());
    record.now -= 1000;
    expect(record.run(claim("one"))).toMatchObject({ kind: "repeated", result: 1 });
    record.now += 172_800_000;
    expect(record.state).toBeUndefined();
  });

  it("is idle again when a run applied nothing", () => {
    const approval = { key: "one", approver: "code", notBefore: START, expiresAt: START + TTL_MS };
    const record = kept({ kind: "executing", fence: 1, approval, since: START, until: START + 1, uncertain: false });
    record.now -= 1000;
    record.run(settleAction(1, { kind: "released" }));
    expect(record.state?.phase).toEqual({ kind: "idle" });
    expect(record.run(claim("one"))).toMatchObject({ kind: "claimed", randomIds: ["1"] });
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
