import { describe, expect, test } from "vitest";
import { manualClock } from "tg-guarded/testing";
import { sleep } from "../../src/clock.js";

const { signal } = new AbortController();

describe("The manual clock", () => {
  test("stands still until it is moved", async () => {
    const clock = manualClock(1000);
    let fired = false;
    clock.after(1, () => {
      fired = true;
    });
    await clock.advance(0);
    expect([clock.now(), fired, clock.pending]).toEqual([1000, false, 1]);
  });

  test("fires what is due in order of time, each at its own time", async () => {
    const clock = manualClock(0);
    const fired: unknown[] = [];
    for (const [name, ms] of [
      ["late", 300],
      ["early", 100],
      ["at once", -5],
      ["early too", 100],
    ] as const) {
      clock.after(ms, () => fired.push([name, clock.now()]));
    }
    await clock.advance(299);
    expect(fired).toEqual([
      ["at once", 0],
      ["early", 100],
      ["early too", 100],
    ]);
    await clock.advance(1);
    expect(fired.at(-1)).toEqual(["late", 300]);
    expect(clock.now()).toBe(300);
  });

  test("lets chains of promises run between two timers, and fires what they arm meanwhile", async () => {
    const clock = manualClock(0);
    const woken: number[] = [];
    const walk = async (): Promise<void> => {
      for (let step = 0; step < 5; step++) {
        await sleep(clock, 100, signal);
        await Promise.resolve().then(() => Promise.resolve());
        woken.push(clock.now());
      }
    };
    const walking = walk();
    await clock.advance(450);
    expect(woken).toEqual([100, 200, 300, 400]);
    await clock.advance(50);
    await walking;
    expect([woken.at(-1), clock.pending]).toEqual([500, 0]);
  });

  test("fires nothing that was cancelled", async () => {
    const clock = manualClock();
    let fired = false;
    const cancel = clock.after(100, () => {
      fired = true;
    });
    cancel();
    await clock.advance(1000);
    expect([fired, clock.pending]).toEqual([false, 0]);
  });

  test("jumps in both directions without a timer noticing", async () => {
    const clock = manualClock(1_000_000);
    const fired: number[] = [];
    clock.after(100, () => fired.push(clock.now()));
    clock.set(5_000_000);
    clock.set(500);
    await clock.advance(99);
    expect([fired, clock.now()]).toEqual([[], 599]);
    await clock.advance(1);
    expect(fired).toEqual([600]);
  });
});
