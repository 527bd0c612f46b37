import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { root } from "../support/import-lines.js";
import { blocksIn } from "./pages.js";

const programs = blocksIn("ts");

let folder = "";
beforeAll(async () => {
  // Inside the tree, so that the package resolves by its name.
  folder = await mkdtemp(join(root, "test/.blocks-"));
  vi.spyOn(console, "log").mockReturnValue();
});
afterAll(async () => {
  vi.restoreAllMocks();
  if (folder !== "") await rm(folder, { recursive: true });
});

it("There are programs on the pages", () => {
  expect(programs.length).toBeGreaterThan(4);
});

it.each(programs)("$name runs as it stands", async ({ code, name }) => {
  const file = join(folder, `${name.replace(/\W+/g, "-")}.ts`);
  await writeFile(file, code);
  await import(/* @vite-ignore */ file);
});
