import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, it } from "vitest";
import { root } from "../support/import-lines.js";
import { pages } from "./pages.js";

const withoutBlocks = (text: string): string =>
  text.replaceAll(/^( *)```.*?^\1```$/gms, "").replaceAll(/`[^`\n]*`/g, "");

/** As GitHub makes them of headings: lower case, spaces as dashes, and nothing but letters, digits, dashes and underscores. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");

function anchorsIn(text: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [, heading = ""] of text.replaceAll(/^( *)```.*?^\1```$/gms, "").matchAll(/^#+ (.*)$/gm)) {
    const anchor = anchorOf(heading);
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    anchors.add(times === 0 ? anchor : `${anchor}-${times}`);
  }
  return anchors;
}

/** Links and pictures that lead to a place of this package. */
const linksOf = (text: string): readonly string[] =>
  [...withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^[a-z]+:/.test(link));

const withLinks = pages.map(({ page, text }) => ({ page, text, links: linksOf(text) }));

it("The pages have links", () => {
  expect(withLinks.flatMap(({ links }) => links).length).toBeGreaterThan(60);
});

it.each(withLinks)("$page links to places that exist", ({ page, text, links }) => {
  const broken = links.filter((link) => {
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? page : normalize(join(dirname(page), path));
    if (!existsSync(join(root, target))) return true;
    if (anchor === undefined) return false;
    return !anchorsIn(path === "" ? text : readFileSync(join(root, target), "utf8")).has(anchor);
  });
  expect(broken).toEqual([]);
});
