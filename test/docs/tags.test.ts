import ts from "typescript";
import { expect, it } from "vitest";
import { parse, sourceFiles } from "../support/import-lines.js";

/** What docstrings are tagged with. A `{@link}` at the head of a `@throws` counts as a tag to TypeScript. */
const KNOWN = new Set(["throws", "example", "defaultValue", "param", "returns", "module", "link", "internal"]);

/** A bare `@` begins a tag, and an editor shows nothing of what follows: `Without the @.` belongs in backticks. */
function unknownTags(source: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const docs = "jsDoc" in node ? ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc) : [];
    for (const { pos, tagName } of docs.flatMap(({ tags }) => [...(tags ?? [])])) {
      const { line } = source.getLineAndCharacterOfPosition(pos);
      if (!KNOWN.has(tagName.text)) found.push(`${source.fileName}:${line + 1} @${tagName.text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...new Set(found)];
}

const textOf = (source: string): ts.SourceFile => ts.createSourceFile("a.ts", source, ts.ScriptTarget.ES2022, true);

it("A bare @ in a docstring is found, one in backticks is none", () => {
  expect(unknownTags(textOf("/** Who a @name means. */\nexport const one = 1;"))).toEqual(["a.ts:1 @name"]);
  expect(unknownTags(textOf("interface One {\n  /** Without the @. */\n  name: string;\n}"))).toEqual(["a.ts:2 @"]);
  expect(unknownTags(textOf("/** Who a `@name` means. @defaultValue 1 */\nexport const one = 1;"))).toEqual([]);
});

it("Docstrings have no tags but those that are known", () => {
  expect(["src", "adapters"].flatMap(sourceFiles).map(parse).flatMap(unknownTags)).toEqual([]);
});
