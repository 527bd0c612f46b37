import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../support/import-lines.js";
import { pageOf } from "./pages.js";

const source = (path: string): string => readFileSync(join(root, path), "utf8");
const details = /interface ErrorDetails \{(.*?)^\}/ms.exec(source("src/errors.ts"))?.[1] ?? "";
const codes = [...details.matchAll(/^ {2}(\w+):/gm)].flatMap(([, code]) => code ?? []);

it("docs/errors.md lists every error code, and none that does not exist", () => {
  const listed = [...pageOf("docs/errors.md").text.matchAll(/^\| `(\w+)`/gm)].map(([, code]) => code);
  expect(listed.sort()).toEqual([...codes].sort());
});

it("The errors that docstrings name exist", () => {
  const files = ["src", "adapters"]
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
    )
    .filter((file) => file.endsWith(".ts") && !file.startsWith("src/sandbox"));
  const named = files.flatMap((file) =>
    [...source(file).matchAll(/\/\*\*.*?\*\//gs)]
      .flatMap(([comment]) => [
        ...comment.matchAll(/(?:Errors(?: of [\w ]+)?: |@throws \{@link GuardError\} )(.*?)(?:\.(?:\s|$)|\*\/)/gs),
      ])
      .flatMap(([, list = ""]) =>
        [...list.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map(([, code = ""]) => `${file}: ${code}`),
      ),
  );
  expect(named.length).toBeGreaterThan(100);
  expect(named.filter((name) => !codes.includes(name.split(": ")[1] ?? ""))).toEqual([]);
});
