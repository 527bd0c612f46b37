import { join } from "node:path";
import { describe, test } from "vitest";
import { memoryStore } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { storeConformance } from "tg-guarded/testing";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = temporaryFolder();

const stores = [
  ...storeConformance({ name: "memory", shared: false, open: ({ clock }) => memoryStore({ clock }) }),
  ...storeConformance({
    name: "sqlite",
    shared: true,
    open: ({ place, clock }) => sqliteStore({ path: join(folder, `${place}.sqlite`), clock }),
  }),
];

describe("Every store keeps the rules of the interface", () => {
  for (const { name, run } of stores) test(name, run);
});
