import { assemble, type Marked, type Style, type Token } from "./tokens.js";

const TAG = /<(\/?)([a-z][a-z0-9-]*)((?:\s+[a-z][a-z-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+))?)*)\s*>/iy;
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos|nbsp));/iy;
const REFERENCES = new RegExp(REFERENCE.source, "gi");
const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: "\u00A0" };

const SIMPLE: Readonly<Record<string, string>> = {
  b: "bold",
  strong: "bold",
  i: "italic",
  em: "italic",
  u: "underline",
  ins: "underline",
  s: "strike",
  strike: "strike",
  del: "strike",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  "tg-spoiler": "spoiler",
};

/**
 * The tags of Telegram's HTML (core.telegram.org/bots/api#html-style): b, i, u, s and their other names, code, pre, a,
 * blockquote, tg-spoiler, span with class tg-spoiler. It refuses nothing: other tags, and those without a partner, are text.
 */
export function parseHtml(source: string): Marked {
  const tokens: Token[] = [];
  for (let place = 0; place < source.length;) {
    const [token, length] = tokenAt(source, place);
    tokens.push(token);
    place += length;
  }
  return assemble(withLanguages(tokens));
}

function tokenAt(source: string, place: number): readonly [Token, number] {
  TAG.lastIndex = place;
  const tag = TAG.exec(source);
  const markup = tag && tagToken(tag);
  if (tag && markup) return [markup, tag[0].length];
  REFERENCE.lastIndex = place;
  const reference = REFERENCE.exec(source);
  if (reference)
    return [
      { kind: "text", text: characterOf(reference[0], reference[1], reference[2], reference[3]) },
      reference[0].length,
    ];
  const next = source.slice(place + 1).search(/[<&]/);
  const text = next === -1 ? source.slice(place) : source.slice(place, place + 1 + next);
  return [{ kind: "text", text }, text.length];
}

function tagToken([raw, slash, given = "", attributes = ""]: RegExpExecArray): Token | undefined {
  const name = given.toLowerCase();
  if (slash !== "")
    return SIMPLE[name] !== undefined || name === "a" || name === "span" ? { kind: "close", raw, name } : undefined;
  const style = styleOf(name, attributes);
  return style && { kind: "open", raw, name, style };
}

function styleOf(name: string, attributes: string): Style | undefined {
  if (name === "a") {
    const url = attribute(attributes, "href");
    return url === undefined || url === "" ? undefined : { type: "textUrl", url };
  }
  if (name === "span") return attribute(attributes, "class") === "tg-spoiler" ? { type: "spoiler" } : undefined;
  const type = SIMPLE[name];
  if (type === undefined) return undefined;
  const [, language] = /^language-(.+)$/.exec(attribute(attributes, "class") ?? "") ?? [];
  return { type, ...(type === "code" && language !== undefined ? { language } : {}) };
}

function attribute(attributes: string, name: string): string | undefined {
  const pattern = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'<>=]+))`, "i");
  const [, double, single, bare] = pattern.exec(attributes) ?? [];
  return (double ?? single ?? bare)?.replace(REFERENCES, (raw: string, ...groups: (string | undefined)[]) =>
    characterOf(raw, groups[0], groups[1], groups[2]),
  );
}

function characterOf(raw: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? raw;
  const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : raw;
}

/** A block of code names its language on the code tag inside; code by itself has none. */
function withLanguages(tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token, index): Token => {
    if (token.kind !== "open") return token;
    if (token.name === "code") return { ...token, style: { type: "code" } };
    const inner = tokens[index + 1];
    if (token.name !== "pre" || inner?.kind !== "open") return token;
    const language = inner.style?.language;
    return language === undefined ? token : { ...token, style: { type: "pre", language } };
  });
}
