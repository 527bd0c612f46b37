import { assemble, type Marked, type Style, type Token } from "./tokens.js";

/**
 * Markdown as Telegram's clients know it, and as `toMarkdown` writes it: `**bold**`, `_italic_`, `__italic__`,
 * `*italic*`, `~~strike~~`, `||spoiler||`, `<u>underline</u>`, `` `code` ``, fenced blocks with a language,
 * `[text](address)`, `<address>`, and `> ` quotes. A backslash takes the meaning from any sign. It refuses nothing: what
 * fits no rule is text.
 */
export function parseMarkdown(source: string): Marked {
  const tokens: Token[] = [];
  const lines = source.split("\n");
  let quoted = false;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const isQuote = /^> ?/.test(line);
    if (quoted && !isQuote) tokens.push({ kind: "close", raw: "", name: "quote" });
    if (at > 0) tokens.push({ kind: "text", text: "\n" });
    if (!quoted && isQuote) tokens.push({ kind: "open", raw: "", name: "quote", style: { type: "blockquote" } });
    quoted = isQuote;
    const block = isQuote ? undefined : fenced(lines, at);
    if (block === undefined) tokens.push(...inline(isQuote ? line.replace(/^> ?/, "") : line));
    else {
      tokens.push(block.token);
      at = block.last;
    }
  }
  if (quoted) tokens.push({ kind: "close", raw: "", name: "quote" });
  return assemble(tokens);
}

function fenced(lines: readonly string[], at: number): { readonly token: Token; readonly last: number } | undefined {
  const [, fence = "", language = ""] = /^(`{3,})([\w+#.-]*)\s*$/.exec(lines[at] ?? "") ?? [];
  if (fence === "") return undefined;
  const last = lines.findIndex((line, index) => index > at && line.trimEnd() === fence);
  if (last === -1) return undefined;
  const style = { type: "pre", ...(language === "" ? {} : { language }) };
  return { token: { kind: "whole", text: lines.slice(at + 1, last).join("\n"), style }, last };
}

const ESCAPED = /\\([!-/:-@[-`{-~])/y;
const CODE = /(`+)(?!`)(.+?)(?<!`)\1(?!`)/y;
const LINK_END = /\]\((?:<([^<>\n]*)>|([^\s()<>]+))\)/y;
const ADDRESS = /<((?:[a-z][a-z0-9+.-]{1,31}:[^\s<>\\]*)|(?:[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+))>/iy;
const TAG = /<(\/?)(u|i)>/y;
const MARK = /\*\*|__|~~|\|\||\*|_/y;
const STYLES: Readonly<Record<string, Style>> = {
  "**": { type: "bold" },
  __: { type: "italic" },
  "~~": { type: "strike" },
  "||": { type: "spoiler" },
  "*": { type: "italic" },
  _: { type: "italic" },
};

function inline(line: string): Token[] {
  const tokens: Token[] = [];
  for (let place = 0; place < line.length;) {
    const [token, length] = tokenAt(line, place);
    tokens.push(token);
    place += length;
  }
  return tokens;
}

function tokenAt(line: string, place: number): readonly [Token, number] {
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = place;
    return pattern.exec(line);
  };
  const escaped = match(ESCAPED);
  if (escaped) return [{ kind: "text", text: escaped[1] ?? "" }, 2];
  const code = match(CODE);
  if (code) return [{ kind: "whole", text: withoutRoom(code[2] ?? ""), style: { type: "code" } }, code[0].length];
  const end = match(LINK_END);
  if (end) return [linkEnd(end), end[0].length];
  if (line[place] === "[") return [{ kind: "open", raw: "[", name: "link" }, 1];
  const address = match(ADDRESS);
  if (address) return [{ kind: "text", text: address[1] ?? "" }, address[0].length];
  const tag = match(TAG);
  if (tag) return [tagToken(tag), tag[0].length];
  const mark = match(MARK);
  if (mark) return [markToken(line, place, mark[0]), mark[0].length];
  const plain = /[^\\`\][<*_~|]+|./suy;
  plain.lastIndex = place;
  const text = plain.exec(line)?.[0] ?? line.slice(place);
  return [{ kind: "text", text }, text.length];
}

const linkEnd = ([raw, angled, bare]: RegExpExecArray): Token => ({
  kind: "close",
  raw,
  name: "link",
  style: { type: "textUrl", url: angled ?? bare ?? "" },
});

function tagToken([raw, slash, name = ""]: RegExpExecArray): Token {
  const style = { type: name === "u" ? "underline" : "italic" };
  return slash === "" ? { kind: "open", raw, name: `<${name}>`, style } : { kind: "close", raw, name: `<${name}>` };
}

/** A mark beside white space is none, and an underscore within a word is a part of it (spec.commonmark.org, emphasis). */
function markToken(line: string, place: number, raw: string): Token {
  const end = place + raw.length;
  // Two units on each side hold one character, whatever it is.
  const [before, after] = [line.slice(Math.max(0, place - 2), place), line.slice(end, end + 2)];
  const isWordy = raw.startsWith("_");
  const mayOpen = /^\S/.test(after) && !(isWordy && /[\p{L}\p{N}]$/u.test(before));
  const mayClose = /\S$/.test(before) && !(isWordy && /^[\p{L}\p{N}]/u.test(after));
  const style = STYLES[raw] ?? { type: "bold" };
  return { kind: "mark", raw, name: raw, style, mayOpen, mayClose };
}

/** One space on each side keeps backticks off the fence. */
const withoutRoom = (code: string): string => (/^ .*[^ ].* $/s.test(code) ? code.slice(1, -1) : code);
