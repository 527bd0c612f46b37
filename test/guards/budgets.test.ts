import { describe, expect, test } from "vitest";
import { memoryStore } from "tg-guarded";
import { callOf, floodWait, outcomeOf } from "../support/calls.js";
import { guarded, writeOf, type Sent } from "../support/guarded.js";

const times = (sent: readonly Sent[], method?: string): number[] =>
  sent.filter(([, name]) => method === undefined || name === method).map(([at]) => at);
const bulk = { lane: "bulk" } as const;

describe("Budgets", () => {
  test("of single methods stand beside the account's and hold up nobody else", async () => {
    const world = guarded();
    const chain = world.process({ methods: { "messages.getHistory": { requests: 2, perSeconds: 10 } } });
    const all = [
      ...Array.from({ length: 5 }, () => chain(callOf())),
      ...Array.from({ length: 6 }, () => chain(callOf({ method: "messages.getDialogs" }))),
    ];
    await world.clock.advance(60_000);
    await Promise.all(all);
    expect(times(world.sent, "messages.getHistory")).toEqual([0, 0, 5000, 10_000, 15_000]);
    expect(times(world.sent, "messages.getDialogs")).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test("of file parts take nothing from the account's", async () => {
    const world = guarded();
    const chain = world.process();
    const parts = Array.from({ length: 40 }, () => chain(callOf({ method: "upload.getFile" })));
    const others = Array.from({ length: 8 }, () => chain(callOf()));
    await world.clock.advance(0);
    expect([times(world.sent, "upload.getFile").length, times(world.sent, "messages.getHistory").length]).toEqual([
      32, 8,
    ]);
    await world.clock.advance(500);
    await Promise.all([...parts, ...others]);
    expect(times(world.sent, "upload.getFile").slice(32, 35)).toEqual([63, 125, 188]);
  });

  test("may be smaller, and then the burst follows", async () => {
    const world = guarded();
    const chain = world.process({ perSecond: 1 });
    const calls = Array.from({ length: 4 }, () => chain(callOf()));
    await world.clock.advance(10_000);
    await Promise.all(calls);
    expect(times(world.sent)).toEqual([0, 0, 1000, 2000]);
  });

  test("in mode local are each process's own, while floods stay everybody's", async () => {
    const world = guarded((call, nth) => {
      if (nth === 17) throw floodWait(30, "method", call.method);
      return "answer";
    });
    const local = () => world.process({ bucketStore: memoryStore({ clock: world.clock }), retryAttempts: 0 });
    const [first, other] = [local(), local()];
    await Promise.all(Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? first : other)(callOf())));
    expect(times(world.sent)).toEqual(Array.from({ length: 16 }, () => 0));
    const flooded = outcomeOf(first(callOf({ method: "messages.search" })));
    await world.clock.advance(1000);
    expect(flooded.state()).toBe("failed");
    const held = outcomeOf(other(callOf({ method: "messages.search" })));
    await world.clock.advance(29_249);
    expect(held.state()).toBe("pending");
    await world.clock.advance(1);
    expect(held.state()).toBe("done");
  });

  test("in mode local a flood is also heard by who waits for a slot of its own process", async () => {
    const world = guarded((call, nth) => {
      if (nth === 9) throw floodWait(30, "method", call.method);
      return "answer";
    });
    const [first, other] = [memoryStore({ clock: world.clock }), memoryStore({ clock: world.clock })].map(
      (bucketStore) => world.process({ bucketStore, retryAttempts: 0 }),
    );
    const burst = Array.from({ length: 8 }, () => first?.(callOf({ method: "messages.getDialogs" })));
    const waiting = first?.(callOf());
    await world.clock.advance(100);
    await expect(other?.(callOf())).rejects.toMatchObject({ code: "flood_wait" });
    await world.clock.advance(29_999);
    expect(world.sent).toHaveLength(9);
    await world.clock.advance(1);
    await Promise.all([...burst, waiting]);
    expect(times(world.sent).at(-1)).toBe(30_100);
  });

  test("that are off let everything go at once, except what Telegram asked to leave alone", async () => {
    const world = guarded((call, nth) => {
      if (nth === 1) throw floodWait(30, "method", call.method);
      return "answer";
    });
    const chain = world.process({ perSecond: 0, retryAttempts: 0 });
    await expect(chain(callOf())).rejects.toThrow();
    const held = outcomeOf(chain(callOf()));
    await Promise.all(Array.from({ length: 500 }, () => chain(callOf({ method: "messages.getDialogs" }))));
    expect([held.state(), world.sent.length]).toEqual(["pending", 501]);
  });
});

describe("Pauses in bulk work", () => {
  const join = { quota: "join", method: "channels.joinChannel", ...bulk } as const;

  test("keep three seconds between joins", async () => {
    const world = guarded();
    const chain = world.process();
    const joins = Array.from({ length: 4 }, () => chain(writeOf(join)));
    await world.clock.advance(60_000);
    await Promise.all(joins);
    expect(times(world.sent)).toEqual([0, 3000, 6000, 9000]);
  });

  test("keep a minute for every twenty direct messages", async () => {
    const world = guarded();
    const chain = world.process({ perSecond: 0, quotas: { directMessages: 1000 } });
    const messages = Array.from({ length: 60 }, () => chain(writeOf({ quota: "dm", ...bulk })));
    await world.clock.advance(600_000);
    await Promise.all(messages);
    expect(times(world.sent).filter((at) => at === 0)).toHaveLength(20);
    expect(times(world.sent).at(-1)).toBe(120_000);
  });

  test("keep a second for every five thousand participants", async () => {
    const world = guarded();
    const chain = world.process({ perSecond: 0 });
    const pages = Array.from({ length: 50 }, () => chain(callOf({ method: "channels.getParticipants", ...bulk })));
    await world.clock.advance(60_000);
    await Promise.all(pages);
    expect(times(world.sent).filter((at) => at === 0)).toHaveLength(25);
    expect(times(world.sent).at(-1)).toBe(1000);
  });

  test("do not stop a person who does one thing at a time", async () => {
    const world = guarded();
    const chain = world.process();
    for (let count = 0; count < 4; count++) await chain(writeOf({ ...join, lane: "interactive" }));
    expect(times(world.sent)).toEqual([0, 0, 0, 0]);
  });

  test("can be turned off", async () => {
    const world = guarded();
    const pauses = { afterJoinMs: 0, everyDirectMessages: 0, everyParticipants: 0 };
    const chain = world.process({ perSecond: 0, pauses, quotas: { directMessages: 1000, joins: 1000 } });
    const calls = Array.from({ length: 50 }, () => [
      chain(writeOf(join)),
      chain(writeOf({ quota: "dm", ...bulk })),
      chain(callOf({ method: "channels.getParticipants", ...bulk })),
    ]);
    await world.clock.advance(0);
    await Promise.all(calls.flat());
    expect(world.sent).toHaveLength(150);
  });
});
