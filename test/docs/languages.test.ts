import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../support/import-lines.js";
import { blocks, blocksIn, isTranscript, pageOf } from "./pages.js";

/** Which test of this folder looks at the blocks of a language. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  ts: "programs.test.ts, types.test.ts",
  typescript: "types.test.ts: a program that needs a test runner, compiled",
  js: "here: lines of an example",
  sh: "shell.test.ts",
  json: "json.test.ts",
  toml: "toml.test.ts",
  "": "here: output that is shown",
};

it("Every block of the pages is in a language that a test looks at", () => {
  const unknown = blocks.filter(({ language }) => LOOKED_AT[language] === undefined);
  expect(unknown.map(({ name, language }) => `${name}: ${language}`)).toEqual([]);
});

it("What is output, and not looked at, are three blocks", () => {
  const shown = blocks.filter((block) => block.language === "" || isTranscript(block));
  expect(shown.map(({ page }) => page)).toEqual(["docs/doctor.md", "docs/doctor.md", "docs/testing.md"]);
});

it.each(blocksIn("js"))("$name has the lines of an example that its page names", ({ page, code }) => {
  const named = [...pageOf(page).text.matchAll(/\.\.\/(examples\/[\w./-]+\.mjs)/g)].map(([, path = ""]) => path);
  const lines = code.split("\n").filter((line) => line.trim() !== "" && !line.trim().startsWith("//"));
  const hasAll = (path: string): boolean => {
    const there = readFileSync(join(root, path), "utf8").split("\n");
    return lines.every((line) => there.includes(line));
  };
  expect(lines.length).toBeGreaterThan(0);
  expect(named.filter(hasAll)).not.toEqual([]);
});
