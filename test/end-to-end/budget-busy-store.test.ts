import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { GuardedClient } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { startSandbox } from "tg-guarded/testing";
import { startOrdered } from "../support/order.js";
import { tempFolder } from "../support/temp-folder.js";

const LOCKED_MS = 1000;
const LIMIT_MS = 150;
/** A busy machine may hold up one round; a store that blocks holds up all of them, and for all of the lock's time. */
const ROUNDS = 4;

it("a store that another process keeps locked makes calls wait, and never the event loop", async () => {
  await using sandbox = await startSandbox();
  await using folder = await tempFolder();
  const path = folder.file("state.sqlite");
  const store = sqliteStore({ path });
  const locker = startOrdered<string>("lock-worker.mjs", { path });
  try {
    await using client = await GuardedClient.open({ ...sandbox.clientOptions(), store, limits: { mode: "off" } });
    const call = () => client.raw.invoke(new client.raw.api.updates.GetState());
    await call();
    const blockedMs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      locker.give(LOCKED_MS);
      expect(await locker.next()).toBe("locked");
      let longest = 0;
      const lock = { held: true };
      const calls = Promise.all([call(), call(), call(), client.health()]);
      const free = locker.next().finally(() => {
        lock.held = false;
      });
      for (let last = performance.now(); lock.held;) {
        await turn();
        const now = performance.now();
        longest = Math.max(longest, now - last);
        last = now;
      }
      expect(await free).toBe("free");
      await calls;
      blockedMs.push(longest);
    }
    expect(Math.min(...blockedMs), `blocked for ${blockedMs.map(Math.round).join(", ")} ms`).toBeLessThan(LIMIT_MS);
  } finally {
    locker.done();
    await locker.ended;
    await store.close();
  }
});
