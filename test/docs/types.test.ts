import { expect, it } from "vitest";
import { complaints } from "./compiled.js";
import { examples, programOf } from "./docstrings.js";
import { blocksIn } from "./pages.js";

const wrong = { name: "wrong", code: 'import { memoryStore } from "tg-guarded";\nmemoryStore({ clocks: 1 });' };
const programs = examples.map((example) => ({ name: example.name, code: programOf(example) }));

it("The compiler has nothing against the programs of the pages and the examples of docstrings", () => {
  const found = complaints([wrong, ...blocksIn("ts", "typescript"), ...programs]);
  expect(found.filter((complaint) => complaint.startsWith("wrong, line 2: "))).toHaveLength(1);
  expect(found.filter((complaint) => !complaint.startsWith("wrong, line 2: "))).toEqual([]);
});
