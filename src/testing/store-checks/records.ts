import { deepEqual, equal } from "node:assert/strict";
import type { StateStore } from "../../stores/store.js";
import type { ManualClock } from "../manual-clock.js";
import { add, keysOf, look, put } from "./check.js";

type Check = readonly [name: string, run: (store: StateStore, clock: ManualClock) => Promise<void>];

const LAST = "\u{10FFFF}";

/** Which records there are: by time and by prefix. */
export const recordChecks: readonly Check[] = [
  [
    "a transition sees the store's clock",
    async (store, clock) => {
      equal(await store.update("key", (current, now) => ({ next: current, result: now })), clock.now());
      await clock.advance(1234);
      equal(await store.update("key", (current, now) => ({ next: current, result: now })), clock.now());
    },
  ],
  [
    "a record is there until the moment it expires, and not from then on",
    async (store, clock) => {
      await store.update("key", put("short-lived", clock.now() + 1000));
      await clock.advance(999);
      equal(await store.update("key", look), "short-lived");
      deepEqual(await keysOf(store, "key"), ["key"]);
      await clock.advance(1);
      deepEqual(await keysOf(store, "key"), []);
      equal(await store.update("key", look), undefined);
    },
  ],
  [
    "a new write without an expiry takes the old one's away",
    async (store, clock) => {
      await store.update("key", put("first", clock.now() + 1000));
      await store.update("key", put("second"));
      await clock.advance(10_000_000_000);
      equal(await store.update("key", look), "second");
    },
  ],
  [
    "an expired record does not count for the next update of its key",
    async (store, clock) => {
      await store.update<number, undefined>("key", put(41, clock.now() + 1000));
      await clock.advance(1000);
      equal(await store.update("key", add(1)), 1);
    },
  ],
  [
    "entries gives the records of a prefix with their states",
    async (store) => {
      await store.update("a:1", put({ n: 1 }));
      await store.update("a:2", put({ n: 2 }));
      await store.update("b:1", put({ n: 3 }));
      const found = new Map<string, unknown>();
      for await (const [key, state] of store.entries<{ n: number }>("a:")) found.set(key, state);
      deepEqual([...found].sort(), [
        ["a:1", { n: 1 }],
        ["a:2", { n: 2 }],
      ]);
    },
  ],
  [
    "a prefix is plain text, whatever characters it has",
    async (store) => {
      const keys = [
        "a%",
        "a%b",
        "a_",
        "a_b",
        "ab",
        "a",
        "b",
        "A",
        "aé",
        "a*",
        "a?",
        "a[b]",
        "a\\",
        `a${LAST}`,
        `a${LAST}x`,
        LAST,
        "a\uFFFF",
      ];
      for (const key of keys) await store.update(key, put(1));
      for (const prefix of ["", "a", "a%", "a_", "A", "aé", "a*", "a[", "a\\", `a${LAST}`, LAST, "a\uFFFF", "x"]) {
        deepEqual(await keysOf(store, prefix), keys.filter((key) => key.startsWith(prefix)).sort(), `prefix ${prefix}`);
      }
    },
  ],
  [
    "a thousand keys stay apart",
    async (store) => {
      const keys = Array.from({ length: 1000 }, (_, index) => `key:${index}`);
      await Promise.all(keys.map((key, index) => store.update(key, put(index))));
      const states = await Promise.all(keys.map((key) => store.update(key, look)));
      deepEqual(states, [...keys.keys()]);
      deepEqual(await keysOf(store, "key:"), keys.sort());
    },
  ],
  [
    "records may be changed and deleted while entries is read",
    async (store) => {
      for (const key of ["k:1", "k:2", "k:3"]) await store.update(key, put(1));
      for await (const [key] of store.entries("k:")) {
        await store.update<number, undefined>(key, () => ({ next: undefined, result: undefined }));
      }
      deepEqual(await keysOf(store, "k:"), []);
    },
  ],
];
