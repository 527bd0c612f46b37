import { join } from "node:path";
import { afterAll, describe, test } from "vitest";
import { memoryStore } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { storeConformance } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";

const temporary = await tempFolder();
const folder = temporary.path;
afterAll(() => temporary[Symbol.asyncDispose]());

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
