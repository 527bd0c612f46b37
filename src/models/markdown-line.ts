import { nested, type Span } from "./markdown-spans.js";

/** One line of a text as Markdown; the spans are those of the whole text. */
export function markdownLine(text: string, start: number, end: number, spans: readonly Span[]): string {
  const line = text.slice(start, end);
  const inside = spans
    .filter((span) => span.start < end && span.end > start)
    .map((span) => ({ ...span, start: Math.max(span.start, start) - start, end: Math.min(span.end, end) - start }));
  const placed = nested(line, inside);
  return atLineStart(render(line, 0, line.length, placed.map(withNeighbours)));
}

interface Placed extends Span {
  /** Another span begins or ends at one of its edges. */
  readonly touches: boolean;
}

function withNeighbours(span: Span, index: number, spans: readonly Span[]): Placed {
  const { start, end } = span;
  const isEdge = (place: number): boolean => place === start || place === end;
  return { ...span, touches: spans.some((other, at) => at !== index && (isEdge(other.start) || isEdge(other.end))) };
}

/** `spans` lie inside one another or beside, outer ones first. */
function render(line: string, from: number, to: number, spans: readonly Placed[]): string {
  let written = "";
  let place = from;
  for (let index = 0; index < spans.length;) {
    const span = spans[index];
    if (span === undefined) break;
    const next = spans.findIndex(({ start }, later) => later > index && start >= span.end);
    const last = next === -1 ? spans.length : next;
    written += escape(line.slice(place, span.start)) + marked(line, span, spans.slice(index + 1, last));
    place = span.end;
    index = last;
  }
  return written + escape(line.slice(place, to));
}

function marked(line: string, span: Placed, inner: readonly Placed[]): string {
  const { start, end, style, url = "" } = span;
  const words = line.slice(start, end);
  switch (style) {
    case "code":
      return code(words);
    case "address":
      return `<${words}>`;
    case "link":
      return `[${render(line, start, end, inner)}](${safeUrl(url)})`;
    case "underline":
      return `<u>${render(line, start, end, inner)}</u>`;
    case "italic":
      return italic(line, span, render(line, start, end, inner));
    default:
      return `${MARKS[style]}${render(line, start, end, inner)}${MARKS[style]}`;
  }
}

const MARKS = { bold: "**", strike: "~~", spoiler: "||", pre: "", quote: "" } as const;

/** Underscores mean nothing in the middle of a word, nor do asterisks beside others (spec.commonmark.org, emphasis). */
function italic(line: string, { start, end, touches }: Placed, words: string): string {
  const isInWord = /[\p{L}\p{N}]$/u.test(line.slice(0, start)) || /^[\p{L}\p{N}]/u.test(line.slice(end));
  if (!isInWord) return `_${words}_`;
  return touches ? `<i>${words}</i>` : `*${words}*`;
}

/** The fence is longer than any run of backticks within; a space keeps backticks and spaces at the edges. */
function code(words: string): string {
  const fence = "`".repeat(longestRun(words) + 1);
  const needsRoom = /^`|`$|^ .*[^ ].* $/.test(words);
  return needsRoom ? `${fence} ${words} ${fence}` : `${fence}${words}${fence}`;
}

export const longestRun = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

const escape = (text: string): string => text.replace(/[\\`*_[\]<>~|]|&(?=#?\w+;)/g, "\\$&");

/** What makes a list, a heading or a rule at the beginning of a line. */
const atLineStart = (line: string): string =>
  line.replace(/^(\s*)([-+=#])/, "$1\\$2").replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, "$1\\$2");

const safeUrl = (url: string): string =>
  url.replace(/[\s()<>\\]/g, (char) => encodeURIComponent(char).replace("(", "%28").replace(")", "%29"));
