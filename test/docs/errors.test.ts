import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root, sourceFiles } from "../support/import-lines.js";
import { pageOf } from "./pages.js";

const source = (path: string): string => readFileSync(join(root, path), "utf8");
const details = /interface ErrorDetails \{(.*?)^\}/ms.exec(source("src/errors.ts"))?.[1] ?? "";
const codes = [...details.matchAll(/^ {2}(\w+):/gm)].flatMap(([, code]) => code ?? []);

it("docs/errors.md lists every error code, and none that does not exist", () => {
  const listed = [...pageOf("docs/errors.md").text.matchAll(/^\| `(\w+)`/gm)].map(([, code]) => code);
  expect(listed.sort()).toEqual([...codes].sort());
});

const ofSandbox = [
  ...(/readonly code:([^;,]*),/.exec(source("src/sandbox/error.ts"))?.[1] ?? "").matchAll(/"(\w+)"/g),
  ...source("src/sandbox/world/export-file/world-file-error.ts").matchAll(/readonly code = "(\w+)"/g),
].flatMap(([, code]) => code ?? []);

/** Where a docstring lists errors: up to the end of the sentence, of the paragraph, or to the next tag. */
const BEGIN = /(?:Errors(?: of [\w ]+)?: |@throws (?:\{@link )?(GuardError|SandboxError|WorldFileError)\}?;? )/;
const END = /\.(?:\s|$)|(?=@throws)|\n\s*\*\s*\n|\*\//;
const LISTS = new RegExp(`${BEGIN.source}(.*?)(?:${END.source})`, "gs");

interface Named {
  readonly file: string;
  readonly thrown: string;
  readonly code: string;
}

const namedIn = (file: string): readonly Named[] =>
  [...source(file).matchAll(/\/\*\*.*?\*\//gs)]
    .flatMap(([comment]) => [...comment.matchAll(LISTS)])
    .flatMap(([, thrown = "GuardError", list = ""]) =>
      [...list.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map(([, code = ""]) => ({ file, thrown, code })),
    );

it("The errors that docstrings name exist", () => {
  const named = ["src", "adapters"].flatMap(sourceFiles).flatMap(namedIn);
  expect(named.length).toBeGreaterThan(300);
  expect(named.filter(({ file }) => file === "src/stores/redis.ts").map(({ code }) => code)).toContain("state_lost");
  expect(new Set(named.filter(({ thrown }) => thrown !== "GuardError").map(({ code }) => code))).toEqual(
    new Set(ofSandbox),
  );
  const isKnown = ({ thrown, code }: Named): boolean => (thrown === "GuardError" ? codes : ofSandbox).includes(code);
  expect(named.filter((name) => !isKnown(name))).toEqual([]);
});
