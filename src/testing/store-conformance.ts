import { randomUUID } from "node:crypto";
import type { StateStore } from "../stores/store.js";
import { manualClock, type ManualClock } from "./manual-clock.js";
import type { StoreCheck, StoreUnderTest } from "./store-checks/check.js";
import { closingChecks, sharingChecks } from "./store-checks/handles.js";
import { recordChecks } from "./store-checks/records.js";
import { updateChecks } from "./store-checks/updates.js";

export type { StoreCheck, StoreUnderTest } from "./store-checks/check.js";

type Open = () => Promise<StateStore>;

/**
 * What every store must do, as named checks that run under any test runner. Each check works in a place of its own and
 * closes what it opened.
 *
 * @example
 * ```ts
 * import { memoryStore } from "tg-guarded";
 * import { storeConformance } from "tg-guarded/testing";
 *
 * const checks = storeConformance({ name: "memory", shared: false, open: ({ clock }) => memoryStore({ clock }) });
 * for (const { name, run } of checks) {
 *   await run();
 *   console.log(`ok: ${name}`);
 * }
 * ```
 */
export function storeConformance(store: StoreUnderTest): readonly StoreCheck[] {
  const check = (name: string, run: (open: Open, clock: ManualClock) => Promise<void>): StoreCheck => ({
    name: `${store.name}: ${name}`,
    run: () => inOwnPlace(store, run),
  });
  return [
    ...updateChecks.map(([name, run]) => check(name, async (open) => run(await open()))),
    ...recordChecks.map(([name, run]) => check(name, async (open, clock) => run(await open(), clock))),
    ...closingChecks.map(([name, run]) => check(name, run)),
    ...(store.shared ? sharingChecks.map(([name, run]) => check(name, run)) : []),
  ];
}

async function inOwnPlace(
  store: StoreUnderTest,
  run: (open: Open, clock: ManualClock) => Promise<void>,
): Promise<void> {
  const place = randomUUID();
  const clock = manualClock();
  const opened: StateStore[] = [];
  try {
    await run(async () => {
      const handle = await store.open({ place, clock });
      opened.push(handle);
      return handle;
    }, clock);
  } finally {
    for (const handle of opened) await handle.close();
  }
}
