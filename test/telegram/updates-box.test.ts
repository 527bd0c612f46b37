import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openBox, stepBox, type Box, type BoxInput, type Sighting } from "../../src/telegram/updates-box.js";

const FIRST = 7;
const message = (pts: number, count = 1): BoxInput<number> => ({ kind: "seen", sighting: { pts, count, news: pts } });

/** What a box released and asked for. */
function follow(inputs: readonly BoxInput<number>[], box: Box<number> = openBox(FIRST)) {
  const released: number[] = [];
  const then: string[] = [];
  for (const input of inputs) {
    const step = stepBox(box, input);
    box = step.box;
    released.push(...step.released);
    then.push(step.then);
  }
  return { box, released, then };
}

describe("A sequence of events", () => {
  it("releases what comes in its turn, and nothing twice", () => {
    const { released, then } = follow([message(8), message(9), message(9), message(8), message(10)]);
    expect(released).toEqual([8, 9, 10]);
    expect(then).toEqual(["nothing", "nothing", "nothing", "nothing", "nothing"]);
  });

  it("waits for the missing one, which releases what came too early", () => {
    const { released, then, box } = follow([message(9), message(10), message(8), { kind: "waited" }]);
    expect(then).toEqual(["wait", "wait", "nothing", "nothing"]);
    expect(released).toEqual([8, 9, 10]);
    expect(box.phase).toBe("live");
  });

  it("asks when the missing one does not come, and releases after the answer only what it did not tell", () => {
    const { released, then } = follow([
      message(9),
      message(12),
      { kind: "waited" },
      { kind: "answered", pts: 11, final: true },
    ]);
    expect(then).toEqual(["wait", "wait", "ask", "nothing"]);
    expect(released).toEqual([12]);
  });

  it("asks on until the answer is the last one", () => {
    const { then } = follow([
      { kind: "stale" },
      { kind: "answered", pts: 20, final: false },
      { kind: "answered", pts: 30, final: true },
    ]);
    expect(then).toEqual(["ask", "ask", "nothing"]);
  });

  it("asks once more when something was missed while it asked", () => {
    const { then } = follow([{ kind: "stale" }, { kind: "stale" }, { kind: "answered", pts: 20, final: true }]);
    expect(then).toEqual(["ask", "nothing", "ask"]);
  });

  it("asks when the server counts further than it has come, and only then", () => {
    expect(follow([{ kind: "told", pts: FIRST }]).then).toEqual(["nothing"]);
    expect(follow([{ kind: "told", pts: FIRST + 1 }]).then).toEqual(["ask"]);
  });

  it("keeps a bounded number of what came too early, and asks instead", () => {
    const early = Array.from({ length: 5000 }, (_, place) => message(FIRST + 2 + place));
    const { box, then } = follow(early);
    expect(box.ahead.length).toBeLessThanOrEqual(1000);
    expect(then).toContain("ask");
  });
});

/** The server's side: events of one or more counts, some of which are messages. */
const history = fc.array(fc.record({ count: fc.integer({ min: 1, max: 3 }), isMessage: fc.boolean() }), {
  minLength: 1,
  maxLength: 40,
});

/** What becomes of each event on its way, and when the clock and the server act in between. */
const fate = fc.record({
  lost: fc.boolean(),
  copies: fc.integer({ min: 1, max: 3 }),
  late: fc.integer({ min: 0, max: 6 }),
  waitedAfter: fc.boolean(),
  staleAfter: fc.boolean(),
  answerAfter: fc.boolean(),
});

/** A server that knows all events up to `known`, and tells at most `page` of them in one answer. */
class Server {
  known = FIRST;
  constructor(
    readonly events: readonly Sighting<number>[],
    readonly page: number,
  ) {}

  since(pts: number): { readonly told: readonly Sighting<number>[]; readonly pts: number; readonly final: boolean } {
    const missing = this.events.filter((event) => event.pts > pts && event.pts <= this.known);
    const told = missing.slice(0, this.page);
    return { told, pts: told.at(-1)?.pts ?? pts, final: told.length === missing.length };
  }
}

it("neither loses nor doubles a message, however updates are lost, doubled and shuffled", () => {
  fc.assert(
    fc.property(
      history,
      fc.array(fate, { minLength: 40, maxLength: 40 }),
      fc.integer({ min: 1, max: 5 }),
      (list, fates, page) => {
        let pts = FIRST;
        const events = list.map(({ count, isMessage }): Sighting<number> => {
          pts += count;
          return { pts, count, ...(isMessage ? { news: pts } : {}) };
        });
        const server = new Server(events, page);
        const arrivals = events
          .flatMap((event, place) => {
            const { lost = false, copies = 1, late = 0 } = fates[place] ?? {};
            return lost ? [] : Array.from({ length: copies }, (_, copy) => ({ event, at: place + late * copy, place }));
          })
          .sort((a, b) => a.at - b.at);

        let box = openBox<number>(FIRST);
        let isAsking = false;
        const released: number[] = [];
        const give = (input: BoxInput<number>): void => {
          const step = stepBox(box, input);
          box = step.box;
          released.push(...step.released);
          isAsking ||= step.then === "ask";
        };
        const answer = (): void => {
          if (!isAsking) return;
          isAsking = false;
          const { told, ...reached } = server.since(box.pts);
          released.push(...told.flatMap(({ news }) => news ?? []));
          give({ kind: "answered", ...reached });
        };
        for (const { event, place } of arrivals) {
          server.known = Math.max(server.known, event.pts);
          give({ kind: "seen", sighting: event });
          if (fates[place]?.waitedAfter) give({ kind: "waited" });
          if (fates[place]?.staleAfter) give({ kind: "stale" });
          if (fates[place]?.answerAfter) answer();
        }
        server.known = pts;
        give({ kind: "stale" });
        for (let turns = 0; turns < 200; turns++) answer();
        expect(released).toEqual(events.flatMap(({ news }) => news ?? []));
        expect(box).toEqual({ pts, phase: "live", ahead: [], again: false });
      },
    ),
    { numRuns: 2000 },
  );
});
