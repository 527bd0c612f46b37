import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/import-lines.js";

export interface Page {
  /** Its path from the root of the package. */
  readonly page: string;
  readonly text: string;
}

export interface Block {
  readonly page: string;
  readonly name: string;
  /** What stands behind the fence; empty for output that is shown. */
  readonly language: string;
  readonly code: string;
}

const markdownIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => join(folder, file));

const guides = readdirSync(join(root, "docs"))
  .filter((file) => file.endsWith(".md"))
  .map((file) => `docs/${file}`);

/** All that people read: the README, the guides, and what is told to contributors. */
export const pages: readonly Page[] = ["README.md", ...guides, ...markdownIn("examples"), ...markdownIn(".github")].map(
  (page) => ({ page, text: readFileSync(join(root, page), "utf8") }),
);

export const pageOf = (name: string): Page => {
  const found = pages.find(({ page }) => page === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};

/** Fenced blocks, also those that are indented below an item of a list. */
const FENCED = /^( *)```(\S*)\n(.*?)^\1```$/gms;

export const blocks: readonly Block[] = pages.flatMap(({ page, text }) =>
  [...text.matchAll(FENCED)].map(([, indent = "", language = "", code = ""], index) => ({
    page,
    name: `${page}, block ${index + 1}`,
    language,
    code: code.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  })),
);

export const blocksIn = (...languages: readonly string[]): readonly Block[] =>
  blocks.filter(({ language }) => languages.includes(language));

/** What somebody has typed and then seen: lines that begin with a dollar. */
export const isTranscript = ({ code }: Block): boolean => code.startsWith("$ ");
