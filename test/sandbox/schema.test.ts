import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { tempFolder } from "../support/temp-folder.js";

const tl = (name: string): string => fileURLToPath(new URL(`../../src/sandbox/tl/${name}`, import.meta.url));

it("the sandbox's schema is what the installed package's schema generates", async () => {
  await using folder = await tempFolder();
  execFileSync(process.execPath, [tl("generate.mjs"), folder.path]);
  for (const name of ["schema.ts", "types.ts"]) {
    expect((await readFile(folder.file(name), "utf8")) === (await readFile(tl(name), "utf8")), name).toBe(true);
  }
});
