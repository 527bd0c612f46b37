import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toMarkdown, type Entity } from "tg-guarded";
import { maskCodes } from "../../src/models/service-chat.js";

const entity = (type: string, offset: number, length: number, more: Partial<Entity> = {}): Entity => ({
  type,
  offset,
  length,
  ...more,
});

describe("Markdown", () => {
  it.each<[string, string, Entity[], string]>([
    ["a style", "one two", [entity("bold", 4, 3)], "one **two**"],
    ["nested styles", "a bc d", [entity("bold", 0, 6), entity("italic", 2, 2)], "**a _bc_ d**"],
    ["overlapping styles", "one two", [entity("bold", 0, 5), entity("italic", 4, 3)], "**one <i>t</i>**<i>wo</i>"],
    ["several lines", "a\nb", [entity("bold", 0, 3)], "**a**\n**b**"],
    ["white space at the edges", "a b c", [entity("bold", 1, 3)], "a **b** c"],
    ["the middle of a word", "snakes", [entity("italic", 1, 2)], "s*na*kes"],
    ["surrogate pairs", "🌊🌊", [entity("bold", 0, 2)], "**🌊**🌊"],
    ["half a surrogate pair", "🌊", [entity("bold", 0, 1)], "**🌊**"],
    [
      "a link",
      "see here",
      [entity("textUrl", 4, 4, { url: "https://x.example/(a b)" })],
      "see [here](https://x.example/%28a%20b%29)",
    ],
    ["an address", "https://x.example/a_b", [entity("url", 0, 21)], "<https://x.example/a_b>"],
    ["a mention without a name", "Liv", [entity("mentionName", 0, 3, { userId: 7 })], "[Liv](tg://user?id=7)"],
    ["backticks in code", "a`b", [entity("code", 0, 3)], "``a`b``"],
    ["no style in code", "a*b*", [entity("code", 0, 4), entity("bold", 1, 2)], "`a*b*`"],
    ["a block", "x\nlet a", [entity("pre", 2, 5, { language: "js" })], "x\n\n```js\nlet a\n```"],
    ["a fence in a block", "```", [entity("pre", 0, 3)], "````\n```\n````"],
    ["a quote", "said\nnot", [entity("blockquote", 0, 4)], "> said\n\nnot"],
    ["signs of Markdown", "*a* [b](c) <d>", [], "\\*a\\* \\[b\\](c) \\<d\\>"],
    ["what begins a line", "- a\n1. b\n# c", [], "\\- a\n1\\. b\n\\# c"],
  ])("writes %s", (_, text, entities, markdown) => {
    expect(toMarkdown(text, entities)).toBe(markdown);
  });

  it("says the same text under whatever entities", () => {
    const text = fc
      .array(
        fc.constantFrom(
          "a",
          "B",
          " ",
          "\n",
          "*",
          "_",
          "`",
          "\\",
          "[",
          "]",
          "<",
          ">",
          "|",
          "~",
          "🌊",
          "-",
          "1.",
          "#",
          "&amp;",
        ),
      )
      .map((parts) => parts.join(""));
    const types = [
      "bold",
      "italic",
      "underline",
      "strike",
      "spoiler",
      "code",
      "pre",
      "textUrl",
      "blockquote",
      "custom",
    ];
    const marks = fc.array(
      fc.record({
        type: fc.constantFrom(...types),
        offset: fc.nat(30),
        length: fc.nat(30),
        url: fc.constant("https://x.example/"),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(text, marks, (plain, entities) => {
        expect(stripped(toMarkdown(plain, entities))).toBe(plain);
      }),
      { numRuns: 3000 },
    );
  });
});

/** A reader of the Markdown above, written apart from its writer: blocks first, then the marks within lines. */
function stripped(markdown: string): string {
  const parts: { text: string; isBlock: boolean }[] = [];
  let lines: string[] = [];
  let code: string[] | undefined;
  let fence = "";
  let wasQuoted = false;
  let justAfterGap = false;
  const flush = (): void => {
    if (lines.length > 0) parts.push({ text: lines.join("\n"), isBlock: false });
    lines = [];
  };
  for (const raw of markdown.split("\n")) {
    if (markdown === "") break;
    const isQuoted = raw === ">" || raw.startsWith("> ");
    const line = isQuoted && (code === undefined || wasQuoted) ? raw.slice(2) : raw;
    if (code !== undefined) {
      if (line === fence) {
        parts.push({ text: code.join("\n"), isBlock: true });
        code = undefined;
      } else code.push(line);
      continue;
    }
    if (wasQuoted && !isQuoted && raw === "" && !justAfterGap) {
      justAfterGap = true;
      continue;
    }
    justAfterGap = false;
    wasQuoted = isQuoted;
    const opening = /^(`{3,})[^`]*$/.exec(line);
    if (opening !== null) {
      flush();
      fence = opening[1] ?? "";
      code = [];
    } else lines.push(unmarked(line));
  }
  flush();
  return parts.map(({ text }) => text).join("");
}

function unmarked(line: string): string {
  let text = "";
  for (let at = 0; at < line.length;) {
    const rest = line.slice(at);
    const escaped = /^\\(.)/u.exec(rest);
    const ticks = /^`+/.exec(rest)?.[0];
    const mark = /^(?:\*+|_+|~~|\|\||<\/?[ui]>|\[|\]\([^)]*\))/.exec(rest)?.[0];
    if (escaped !== null) {
      text += escaped[1] ?? "";
      at += escaped[0].length;
    } else if (ticks !== undefined) {
      const closing = new RegExp(`(?<!\`)\`{${ticks.length}}(?!\`)`).exec(rest.slice(ticks.length));
      const inner = rest.slice(ticks.length, ticks.length + (closing?.index ?? 0));
      text += /^ .*[^ ].* $/.test(inner) ? inner.slice(1, -1) : inner;
      at += inner.length + 2 * ticks.length;
    } else if (mark !== undefined) {
      at += mark.length;
    } else {
      text += line.charAt(at++);
    }
  }
  return text;
}

describe("Login codes", () => {
  it.each([
    ["Login code: 12345. Do not", "Login code: •••••. Do not"],
    ["Code 123-456!", "Code •••••!"],
    ["1 2 3 4 5", "•••••"],
    ["code12345", "•••••"],
    ["https://t.me/login/54321", "https://t.me/login/•••••"],
    ["my.telegram.org: aB3_xYz90-Q", "my.telegram.org: •••••"],
    ["At 13:39 on 22/11, 4321 times", "At 13:39 on 22/11, 4321 times"],
  ])("in %j become %j", (text, shown) => {
    expect(maskCodes({ text }).text).toBe(shown);
  });

  it("never move a mark to another word", () => {
    const word = fc.constantFrom("code", "12345", "1-2-3-4-5", "und", "987654", "🌊");
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.nat(), (words, pick) => {
        const spoken = words.map((each, index) => (index % 2 === 0 ? each : `(${each})`));
        const text = spoken.join(" x ");
        const chosen = pick % spoken.length;
        const offset = spoken.slice(0, chosen).join(" x ").length + (chosen === 0 ? 0 : 3);
        const length = spoken[chosen]?.length ?? 0;
        const masked = maskCodes({ text, entities: [entity("bold", offset, length)] });
        const [mark] = masked.entities;
        const marked = masked.text.slice(mark?.offset, (mark?.offset ?? 0) + (mark?.length ?? 0));
        expect(marked).toBe(maskCodes({ text: spoken[chosen] ?? "" }).text);
        expect(masked.text).not.toMatch(/\d{5}/);
      }),
    );
  });
});
