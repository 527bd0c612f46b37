import { deepEqual, equal, rejects } from "node:assert/strict";
import type { StateStore } from "../../stores/store.js";
import { add, look, put } from "./check.js";

type Check = readonly [name: string, run: (store: StateStore) => Promise<void>];

const times = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** What one update, and many at once, must do. */
export const updateChecks: readonly Check[] = [
  [
    "many updates of one key at once lose nothing",
    async (store) => {
      const results = await Promise.all(
        times(500).map((index) => store.update("counter", add(1), { durable: index % 2 === 0 })),
      );
      deepEqual(
        results.sort((a, b) => a - b),
        times(500).map((index) => index + 1),
      );
      equal(await store.update("counter", look), 500);
    },
  ],
  [
    "updates that wait together are applied in the order in which they were asked for",
    async (store) => {
      const append = (item: number) =>
        store.update<number[], undefined>("list", (list = []) => ({
          next: [...list, item],
          result: undefined,
        }));
      await Promise.all(times(200).map(append));
      deepEqual(await store.update("list", look), times(200));
    },
  ],
  [
    "a transition that answers with what it was given writes nothing",
    async (store) => {
      await store.update("key", put({ value: 1 }, Infinity));
      await store.update<{ value: number }, undefined>("key", (current) => ({
        next: current,
        result: undefined,
        // Were it written, the record would be gone at once.
        expiresAt: 0,
      }));
      deepEqual(await store.update("key", look), { value: 1 });
      await store.update<unknown, undefined>("absent", (current) => ({ next: current, result: undefined }));
      equal(await store.update("absent", look), undefined);
    },
  ],
  [
    "undefined deletes the record",
    async (store) => {
      await store.update("key", put("here"));
      equal(
        await store.update<string, string>("key", (current) => ({ next: undefined, result: `was ${current ?? ""}` })),
        "was here",
      );
      equal(await store.update("key", look), undefined);
    },
  ],
  [
    "a transition that throws rejects alone and changes nothing",
    async (store) => {
      await store.update("key", add(1));
      const refuse = store.update<number, never>("key", () => {
        throw new RangeError("no");
      });
      const around = [store.update("key", add(1)), rejects(refuse, RangeError), store.update("key", add(1))];
      await Promise.all(around);
      equal(await store.update("key", look), 3);
    },
  ],
  [
    "a durable update is seen by the next one that is not, and the other way round",
    async (store) => {
      for (const index of times(20)) await store.update("key", add(1), { durable: index % 2 === 0 });
      equal(await store.update("key", look, { durable: true }), 20);
    },
  ],
  [
    "null, false, 0 and the empty text are states and no absence",
    async (store) => {
      for (const state of [null, false, 0, ""]) {
        await store.update<unknown, undefined>("key", put<unknown>(state));
        equal(await store.update("key", look), state);
      }
    },
  ],
  [
    "any JSON comes back as it was",
    async (store) => {
      const state = {
        text: "Zażółć \u{1F600} \u2028 \u0000 \\ \" ' \ud83d",
        numbers: [0, -1, 1.5, 1e300, Number.MAX_SAFE_INTEGER],
        nested: { list: [[], {}, [null, true, false]], "": "empty key", __proto: 1 },
      };
      await store.update("ключ \u{1F511} %_'\"", put(state));
      deepEqual(await store.update("ключ \u{1F511} %_'\"", look), state);
    },
  ],
  [
    "a record may be 1 MB large",
    async (store) => {
      const state = "0123456789abcdef".repeat(65_536);
      await store.update("large", put(state), { durable: true });
      equal(await store.update("large", look), state);
    },
  ],
];
