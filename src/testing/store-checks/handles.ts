import { deepEqual, equal } from "node:assert/strict";
import type { StateStore } from "../../stores/store.js";
import { add, keysOf, look, put, refusesAsUnavailable } from "./check.js";

type Open = () => Promise<StateStore>;
type Check = readonly [name: string, run: (open: Open) => Promise<void>];

/** Closing a handle. */
export const closingChecks: readonly Check[] = [
  [
    "a closed store answers with store_unavailable",
    async (open) => {
      const store = await open();
      await store.update("key", put(1));
      await store.close();
      await refusesAsUnavailable(store.update("key", look));
      await refusesAsUnavailable(store.update("key", put(2), { durable: true }));
      await refusesAsUnavailable(keysOf(store, ""));
    },
  ],
  [
    "closing twice does no harm",
    async (open) => {
      const store = await open();
      await store.close();
      await store.close();
    },
  ],
];

/** Several handles on one state. */
export const sharingChecks: readonly Check[] = [
  [
    "two handles on one state see each other's writes",
    async (open) => {
      const [first, second] = [await open(), await open()];
      await first.update("key", put({ by: "first" }), { durable: true });
      deepEqual(await second.update("key", look), { by: "first" });
      await second.update<unknown, undefined>("key", () => ({ next: undefined, result: undefined }));
      equal(await first.update("key", look), undefined);
      await second.update("other", put(1));
      deepEqual(await keysOf(first, ""), ["other"]);
    },
  ],
  [
    "updates through several handles at once lose nothing",
    async (open) => {
      const handles = await Promise.all(Array.from({ length: 4 }, open));
      await Promise.all(
        handles.flatMap((store) =>
          Array.from({ length: 100 }, (_, index) => store.update("counter", add(1), { durable: index % 4 === 0 })),
        ),
      );
      equal(await handles[0]?.update("counter", look), 400);
    },
  ],
  [
    "state outlives the handle that wrote it",
    async (open) => {
      const writer = await open();
      await writer.update("key", put("kept"));
      await writer.close();
      const reader = await open();
      equal(await reader.update("key", look), "kept");
    },
  ],
];
