import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ActionHistory, LEASE_MS, WINDOW_MS } from "./action-history.js";
import { ActionModel } from "./action-model.js";
import { START } from "./kept-record.js";

type Deed =
  | { readonly do: "open"; readonly minAgeMs: number; readonly ttlMs: number }
  | { readonly do: "claim"; readonly recent: number; readonly force: boolean }
  | { readonly do: "settle"; readonly overtaken: number; readonly kind: "done" | "released" | "unknown" }
  | { readonly do: "renew"; readonly overtaken: number }
  | { readonly do: "pass"; readonly ms: number }
  | { readonly do: "setBack"; readonly ms: number };

const TTL_MS = 1_800_000;
const recent = fc.integer({ min: 0, max: 6 });
/** Mostly the runner that holds the action, sometimes one that was overtaken. */
const overtaken = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 3 }));
const forward: fc.Arbitrary<Deed>[] = [
  fc.record({
    do: fc.constant("open"),
    minAgeMs: fc.constantFrom(0, 0, 30_000),
    ttlMs: fc.constantFrom(TTL_MS, 60_000),
  }),
  fc.record({ do: fc.constant("claim"), recent, force: fc.boolean() }),
  fc.record({ do: fc.constant("claim"), recent: fc.constant(0), force: fc.boolean() }),
  fc.record({ do: fc.constant("settle"), overtaken, kind: fc.constantFrom("done", "released", "unknown") }),
  fc.record({ do: fc.constant("renew"), overtaken }),
  fc.record({
    do: fc.constant("pass"),
    ms: fc.constantFrom(1, 10_000, LEASE_MS, 60_000, TTL_MS - 1, TTL_MS, WINDOW_MS, 86_400_000 + WINDOW_MS),
  }),
];
const setBack: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant("setBack"),
  ms: fc.integer({ min: 1, max: 200_000_000 }),
});
/** A whole round, which single deeds seldom make. */
const round: fc.Arbitrary<Deed[]> = fc.tuple(
  fc.constant<Deed>({ do: "open", minAgeMs: 0, ttlMs: TTL_MS }),
  fc.record({ do: fc.constant("claim"), recent: fc.constant(0), force: fc.boolean() }),
  fc.record({ do: fc.constant("settle"), overtaken: fc.constant(0), kind: fc.constantFrom("done", "released") }),
);
const deeds = (...more: fc.Arbitrary<Deed>[]) =>
  fc
    .array(fc.oneof({ weight: 6, arbitrary: fc.oneof(...forward, ...more).map((deed) => [deed]) }, round), {
      minLength: 1,
      maxLength: 60,
    })
    .map((all) => all.flat());
const RUNS = { numRuns: 2000 };

function carryOut(history: ActionHistory, fences: number[], deed: Deed): string | undefined {
  const fenceOf = (back: number): number => fences.at(-1 - back) ?? 0;
  switch (deed.do) {
    case "open":
      return history.open(deed.minAgeMs, deed.ttlMs);
    case "claim": {
      const claimed = history.claim(history.keys.at(-1 - deed.recent) ?? "no such approval", deed.force);
      if (claimed.kind === "claimed") fences.push(claimed.fence);
      return claimed.kind;
    }
    case "settle":
      history.settle(fenceOf(deed.overtaken), deed.kind);
      return undefined;
    case "renew":
      history.renew(fenceOf(deed.overtaken));
      return undefined;
    case "pass":
      history.pass(deed.ms);
      return undefined;
    case "setBack":
      history.setBack(deed.ms);
      return undefined;
  }
}

describe("An action, whatever its clients do in whatever order", () => {
  test("keeps its promises, also when somebody sets the clock back", () => {
    fc.assert(
      fc.property(deeds(setBack), (all) => {
        const history = new ActionHistory();
        const fences: number[] = [];
        for (const deed of all) carryOut(history, fences, deed);
      }),
      RUNS,
    );
  });

  test("answers each claim as the simple model does", () => {
    fc.assert(
      fc.property(deeds(), (all) => {
        const history = new ActionHistory();
        const model = new ActionModel();
        const fences: number[] = [];
        for (const deed of all) {
          if (history.record.state === undefined) model.forget();
          const fence = history.run?.fence;
          const key = deed.do === "claim" ? history.keys.at(-1 - deed.recent) : undefined;
          const answer = carryOut(history, fences, deed);
          switch (deed.do) {
            case "open":
              model.open(answer ?? "", deed.minAgeMs, deed.ttlMs);
              break;
            case "claim":
              expect(answer).toBe(model.claim(key ?? "no such approval", deed.force));
              break;
            case "settle":
              if (fences.at(-1 - deed.overtaken) === fence) model.settle(deed.kind);
              break;
            case "renew":
              if (fences.at(-1 - deed.overtaken) === fence) model.renew();
              break;
            case "pass":
              model.now += deed.ms;
          }
        }
      }),
      RUNS,
    );
  });
});

describe("An approval", () => {
  const begun = () => {
    const history = new ActionHistory();
    const key = history.open(0, TTL_MS);
    const claimed = history.claim(key, false);
    if (claimed.kind !== "claimed") throw new Error(claimed.kind);
    return { history, key, claimed };
  };

  test("counts neither before its minimum age nor from its expiry on", () => {
    const history = new ActionHistory();
    const key = history.open(30_000, TTL_MS);
    history.pass(29_999);
    expect(history.claim(key, false)).toEqual({ kind: "early", waitMs: 1 });
    history.pass(TTL_MS - 29_999);
    expect(history.claim(key, false)).toEqual({ kind: "expired" });
  });

  test("that is over is told apart from one that never was, for a day", () => {
    const history = new ActionHistory();
    const key = history.open(0, TTL_MS);
    history.pass(TTL_MS + 86_399_999);
    expect(history.claim(key, false).kind).toBe("expired");
    history.pass(1);
    expect(history.claim(key, false).kind).toBe("invalid");
  });

  test("once seen expired stays expired when the clock is set back", () => {
    const history = new ActionHistory();
    const key = history.open(0, TTL_MS);
    history.pass(TTL_MS);
    expect(history.claim(key, false).kind).toBe("expired");
    for (const back of [1, TTL_MS / 2, TTL_MS, 10 * TTL_MS]) {
      history.setBack(back);
      expect(history.claim(key, false).kind).toBe("expired");
    }
  });

  test("reaches its minimum age in its own time after the clock was set back", () => {
    const history = new ActionHistory();
    const key = history.open(30_000, TTL_MS);
    history.setBack(10 * WINDOW_MS);
    expect(history.claim(key, false)).toEqual({ kind: "early", waitMs: 30_000 });
    history.pass(20_000);
    expect(history.claim(key, false)).toEqual({ kind: "early", waitMs: 10_000 });
    history.pass(10_000);
    expect(history.claim(key, false).kind).toBe("claimed");
  });

  test("ends in its own time after the clock was set back", () => {
    const history = new ActionHistory();
    const key = history.open(1, TTL_MS);
    history.setBack(10 * WINDOW_MS);
    expect(history.claim(key, false).kind).toBe("early");
    history.pass(TTL_MS);
    expect(history.claim(key, false).kind).toBe("expired");
  });

  test("is void as soon as another one of the same action is used", () => {
    const history = new ActionHistory();
    const [first, second] = [history.open(0, TTL_MS), history.open(0, TTL_MS)];
    const claimed = history.claim(second, false);
    history.settle(claimed.kind === "claimed" ? claimed.fence : 0, "done");
    expect(history.claim(first, true).kind).toBe("invalid");
  });

  test("is valid again after a run that surely applied nothing, with the same random ids", () => {
    const { history, key, claimed } = begun();
    history.settle(claimed.fence, "released");
    expect(history.claim(key, false)).toEqual({
      kind: "claimed",
      fence: 2,
      generation: 1,
      randomIds: claimed.randomIds,
    });
  });

  test("stays used when an earlier run may have sent it, and only resumes that", () => {
    const { history, key, claimed } = begun();
    history.settle(claimed.fence, "unknown");
    history.pass(1000);
    const second = history.claim(key, false);
    expect(second).toMatchObject({ kind: "claimed", uncertainSinceMs: 1000, randomIds: claimed.randomIds });
    history.settle(2, "released");
    history.pass(1000);
    expect(history.claim(key, false)).toMatchObject({ kind: "claimed", uncertainSinceMs: 2000 });
  });

  test("that was given back is not pushed out by previews opened meanwhile", () => {
    const { history, key, claimed } = begun();
    for (let count = 0; count < 5; count++) history.open(0, TTL_MS);
    history.settle(claimed.fence, "released");
    expect(history.record.state?.approvals).toHaveLength(5);
    expect(history.claim(key, false).kind).toBe("claimed");
  });
});

describe("A lease", () => {
  test("that lapsed is taken over, and the overtaken runner changes nothing any more", () => {
    const history = new ActionHistory();
    const key = history.open(0, TTL_MS);
    history.claim(key, false);
    history.pass(LEASE_MS - 1);
    expect(history.claim(key, false)).toEqual({ kind: "busy", waitMs: 1 });
    history.pass(1);
    expect(history.claim(key, false)).toMatchObject({ kind: "claimed", fence: 2 });
    expect(history.renew(1)).toBe(false);
    expect(history.settle(1, "done")).toBe(false);
    expect(history.settle(2, "done")).toBe(true);
  });

  test("lapses in its own time after the clock was set back", () => {
    const history = new ActionHistory();
    const key = history.open(0, TTL_MS);
    history.claim(key, false);
    history.setBack(10 * WINDOW_MS);
    expect(history.claim(key, false)).toEqual({ kind: "busy", waitMs: LEASE_MS });
    history.pass(LEASE_MS / 2);
    expect(history.claim(key, false)).toEqual({ kind: "busy", waitMs: LEASE_MS / 2 });
    history.pass(LEASE_MS / 2);
    expect(history.claim(key, false).kind).toBe("claimed");
  });
});

describe("A done action", () => {
  const done = () => {
    const history = new ActionHistory();
    const key = history.open(0, TTL_MS);
    history.claim(key, false);
    history.settle(1, "done");
    return { history, key };
  };

  test("is told again to the approval it was done with, and refused to a new one within the window", () => {
    const { history, key } = done();
    expect(history.claim(key, false)).toMatchObject({ kind: "repeated", result: { id: 1 } });
    expect(history.claim(key, true)).toMatchObject({ kind: "repeated" });
    expect(history.claim(history.open(0, TTL_MS), false).kind).toBe("already_done");
  });

  test("is done again with a new approval and forceResend, with new random ids", () => {
    const { history } = done();
    const ids = history.record.state?.randomIds;
    const again = history.claim(history.open(0, TTL_MS), true);
    expect(again).toMatchObject({ kind: "claimed", fence: 2 });
    expect(history.record.state?.randomIds).not.toEqual(ids);
    expect(history.record.state?.generation).toBe(2);
  });

  test("is still done after a forced repeat that surely applied nothing, and so says a new preview", () => {
    const { history, key } = done();
    const second = history.open(0, TTL_MS);
    history.claim(second, true);
    history.settle(2, "released");
    expect(history.claim(key, false)).toMatchObject({ kind: "repeated", result: { id: 1 } });
    expect(history.claim(second, false).kind).toBe("already_done");
    history.open(0, TTL_MS);
    expect(history.opened?.doneAt).toBe(START);
    expect(history.claim(second, true)).toMatchObject({ kind: "claimed", fence: 3 });
  });

  test("counts its window from when it was done, also through a forced repeat and a clock set back", () => {
    const { history } = done();
    const second = history.open(0, 2 * WINDOW_MS);
    history.claim(second, true);
    history.setBack(10 * WINDOW_MS);
    history.renew(2);
    history.pass(LEASE_MS / 2);
    history.settle(2, "released");
    history.pass(WINDOW_MS - LEASE_MS / 2 - 1);
    expect(history.claim(second, false).kind).toBe("already_done");
    history.pass(1);
    expect(history.claim(second, false).kind).toBe("claimed");
  });

  test("may be done again by a new approval once the window is over", () => {
    const { history } = done();
    history.pass(WINDOW_MS - 1);
    const key = history.open(0, TTL_MS);
    expect(history.claim(key, false).kind).toBe("already_done");
    history.pass(1);
    expect(history.claim(key, false).kind).toBe("claimed");
  });
});

test("A record that nobody began is forgotten in the end, and one that somebody began never is", () => {
  const idle = new ActionHistory();
  idle.open(0, TTL_MS);
  idle.claim(idle.open(0, TTL_MS), false);
  idle.settle(1, "released");
  idle.pass(TTL_MS + 86_400_000);
  expect(idle.record.state).toBeUndefined();

  const begun = new ActionHistory();
  begun.claim(begun.open(0, TTL_MS), false);
  begun.renew(1);
  begun.pass(100 * 86_400_000);
  expect(begun.record.state?.phase.kind).toBe("executing");
});
