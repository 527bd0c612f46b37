import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { toMarkdown, type Entity } from "tg-guarded";
import { markedText } from "../../src/actions/markup/marked-text.js";

const markdown = (source: string) => markedText(source, "markdown");
const html = (source: string) => markedText(source, "html");
const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Text with far more signs of markup than people write. */
const anything = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.constantFrom(
        ..."*_~|`[]()<>\\ \n>ab1.😀é&".split(/(?:)/u),
        "**",
        "__",
        "```",
        "](http://x)",
        "<b>",
        "</b>",
        "<a href='x'>",
        "</a>",
        "&lt;",
        "<pre>",
        '<code class="language-js">',
        "</code>",
        "</pre>",
        "<u>",
        "</u>",
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join("")),
);

describe.each(["markdown", "html"] as const)("%s", (formatting) => {
  test("refuses nothing, and its entities lie within the trimmed text, none empty", () => {
    fc.assert(
      fc.property(anything, (source) => {
        const { text, entities } = markedText(source, formatting);
        expect(text).toBe(text.trim());
        for (const { offset, length } of entities) {
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(length).toBeGreaterThan(0);
          expect(offset + length).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("comes to an end also where every sign opens something", () => {
    // What grows faster than the text would not end within the time of a test.
    for (const sign of ["*", "[", "<b>", "`a", "**a ", "> ", "&", "_a_"]) {
      expect(markedText(sign.repeat(30_000), formatting).text.length).toBeLessThanOrEqual(sign.length * 30_000);
    }
  });
});

describe("Plain text is recovered", () => {
  test("from Markdown in which every sign was escaped", () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(markdown(text.replace(/[!-/:-@[-`{-~]/g, "\\$&"))).toEqual({ text: text.trim(), entities: [] });
      }),
      { numRuns: 1000 },
    );
  });

  test("from HTML in which what HTML knows was escaped", () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(html(escapeHtml(text))).toEqual({ text: text.trim(), entities: [] });
      }),
      { numRuns: 1000 },
    );
  });

  test("without formatting, always", () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(markedText(text)).toEqual({ text: text.trim(), entities: [] });
      }),
    );
  });

  test("from what toMarkdown writes, with the style of a word", () => {
    const types = ["bold", "italic", "underline", "strike", "spoiler", "code"] as const;
    const words = fc.stringMatching(/^[a-z*_~|`[\]<>.-]{1,8}$/).filter((word) => /[a-z]/.test(word));
    fc.assert(
      fc.property(words, fc.constantFrom(...types), words, (word, type, after) => {
        const text = `${word} ${after} x`;
        const entity: Entity = { type, offset: 0, length: word.length };
        expect(markdown(toMarkdown(text, [entity]))).toEqual({ text, entities: [entity] });
      }),
      { numRuns: 500 },
    );
  });
});

describe("Markdown", () => {
  it.each<[string, string, readonly Partial<Entity>[]]>([
    ["**bold** text", "bold text", [{ type: "bold", offset: 0, length: 4 }]],
    ["_a_ *b* __c__", "a b c", ["italic", "italic", "italic"].map((type) => ({ type, length: 1 }))],
    ["~~gone~~ ||secret||", "gone secret", [{ type: "strike" }, { type: "spoiler", offset: 5, length: 6 }]],
    ["<u>under</u>", "under", [{ type: "underline", length: 5 }]],
    ["`a **b** c`", "a **b** c", [{ type: "code", length: 9 }]],
    ["``a ` b``", "a ` b", [{ type: "code" }]],
    [
      "see [the site](https://example.org/a_b)",
      "see the site",
      [{ type: "textUrl", offset: 4, length: 8, url: "https://example.org/a_b" }],
    ],
    [
      "[**fat** link](http://x.y)",
      "fat link",
      [
        { type: "textUrl", length: 8 },
        { type: "bold", length: 3 },
      ],
    ],
    ["```js\nlet a = `b`;\n```", "let a = `b`;", [{ type: "pre", language: "js", length: 12 }]],
    ["> one\n> two\nthree", "one\ntwo\nthree", [{ type: "blockquote", offset: 0, length: 7 }]],
    [
      "**a _b_ c**",
      "a b c",
      [
        { type: "bold", length: 5 },
        { type: "italic", offset: 2, length: 1 },
      ],
    ],
    ["😀 **é**", "😀 é", [{ type: "bold", offset: 3, length: 1 }]],
    ["  **a**  ", "a", [{ type: "bold", offset: 0, length: 1 }]],
  ])("%j", (source, text, entities) => {
    expect(markdown(source)).toMatchObject({ text, entities });
    expect(markdown(source).entities).toHaveLength(entities.length);
  });

  it.each([
    "snake_case_name",
    "2 * 3 * 4",
    "**open",
    "a ** b ** c",
    "[no link]",
    "[a] (b)",
    "```js\nopen",
    "****",
    "<b>x</b>",
    "\\",
    "1 < 2 > 0",
  ])("leaves %j as it is", (source) => {
    expect(markdown(source)).toEqual({ text: source, entities: [] });
  });

  it("knows no sign that a backslash stands before", () => {
    expect(markdown("\\*\\*a\\*\\* \\[b](c) \\\\")).toEqual({ text: "**a** [b](c) \\", entities: [] });
  });
});

describe("HTML", () => {
  it.each<[string, string, readonly Partial<Entity>[]]>([
    ["<b>a</b> <strong>b</strong>", "a b", [{ type: "bold" }, { type: "bold", offset: 2 }]],
    [
      "<i>a</i><em>b</em><u>c</u><ins>d</ins><s>e</s><del>f</del>",
      "abcdef",
      ["italic", "italic", "underline", "underline", "strike", "strike"].map((type) => ({ type })),
    ],
    ['<a href="https://x.y/?a=1&amp;b=2">z</a>', "z", [{ type: "textUrl", url: "https://x.y/?a=1&b=2" }]],
    [
      '<pre><code class="language-python">x &lt; 1</code></pre>',
      "x < 1",
      [{ type: "pre", language: "python", length: 5 }],
    ],
    ["<tg-spoiler>a</tg-spoiler><span class='tg-spoiler'>b</span>", "ab", [{ type: "spoiler" }, { type: "spoiler" }]],
    ["<blockquote>a\nb</blockquote>", "a\nb", [{ type: "blockquote", length: 3 }]],
    ["<B>a</B> &#128512;&#x1F600;", "a 😀😀", [{ type: "bold" }]],
  ])("%j", (source, text, entities) => {
    expect(html(source)).toMatchObject({ text, entities });
    expect(html(source).entities).toHaveLength(entities.length);
  });

  it.each([
    "<script>x</script>",
    "a < b && c > d",
    "<b>open",
    "close</b>",
    "<a>no address</a>",
    "&unknown; &",
    "<img src=x>",
  ])("leaves %j as it is", (source) => {
    expect(html(source)).toEqual({ text: source, entities: [] });
  });
});
