import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const guides = (await readdir(join(root, "docs"))).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`);
const pages = await Promise.all(
  ["README.md", ...guides].map(async (page) => ({ page, text: await readFile(join(root, page), "utf8") })),
);
const blocks = pages.flatMap(({ page, text }) =>
  [...text.matchAll(/^```ts\n(.*?)^```/gms)].map((match, index) => ({
    name: `${page}, block ${index + 1}`,
    code: match[1] ?? "",
  })),
);

describe("the code in the guides", () => {
  let folder = "";
  beforeAll(async () => {
    // Inside the tree, so that the package resolves by its name.
    folder = await mkdtemp(join(root, "test/.blocks-"));
    vi.spyOn(console, "log").mockReturnValue();
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  it("is there", () => {
    expect(blocks.length).toBeGreaterThan(4);
  });

  it.each(blocks)("$name runs as it stands", async ({ code, name }) => {
    const file = join(folder, `${name.replace(/\W+/g, "-")}.ts`);
    await writeFile(file, code);
    await import(/* @vite-ignore */ file);
  });
});

describe("docs/errors.md", () => {
  it("lists every error code, and none that does not exist", async () => {
    const source = await readFile(join(root, "src/errors.ts"), "utf8");
    const details = /interface ErrorDetails \{(.*?)^\}/ms.exec(source)?.[1] ?? "";
    const codes = [...details.matchAll(/^ {2}(\w+):/gm)].map((match) => match[1]);
    const listed = pages.find(({ page }) => page === "docs/errors.md")?.text.matchAll(/^\| `(\w+)`/gm) ?? [];
    expect([...listed].map((match) => match[1]).sort()).toEqual(codes.sort());
  });
});
