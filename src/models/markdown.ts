import type { Entity } from "./entity.js";
import { longestRun, markdownLine } from "./markdown-line.js";
import { spansOf, type Span } from "./markdown-spans.js";

interface Line {
  readonly text: string;
  readonly isQuoted: boolean;
}

/**
 * A text with its entities as Markdown: `**bold**`, `_italic_`, `~~strike~~`, `||spoiler||`, `<u>underline</u>`, code,
 * fenced blocks, quotes, links and `<addresses>`. Overlapping entities are closed and opened again, line by line, since
 * Markdown only knows nested ones; what the text itself has of Markdown's signs is escaped. A fenced block stands on
 * lines of its own, and an empty line follows a quote.
 *
 * @example
 * ```ts
 * import { toMarkdown } from "tg-guarded";
 *
 * console.log(toMarkdown("Low tide", [{ type: "bold", offset: 0, length: 3 }])); // **Low** tide
 * ```
 */
export function toMarkdown(text: string, entities: readonly Entity[] = []): string {
  const spans = spansOf(text, entities);
  const blocks = apart(spans.filter(({ style }) => style === "pre"));
  const quotes = spans.filter(({ style, start }) => style === "quote" && (start === 0 || text[start - 1] === "\n"));
  const inline = spans.filter(({ style }) => style !== "pre" && style !== "quote");
  const isQuoted = (place: number): boolean => quotes.some(({ start, end }) => start <= place && place < end);

  const lines: Line[] = [];
  let place = 0;
  for (const block of blocks) {
    if (place < block.start) lines.push(...plainLines(text, place, block.start, inline, isQuoted));
    lines.push(...fenced(text, block).map((line) => ({ text: line, isQuoted: isQuoted(block.start) })));
    place = block.end;
  }
  if (place < text.length) lines.push(...plainLines(text, place, text.length, inline, isQuoted));
  return joinLines(lines);
}

function plainLines(
  text: string,
  from: number,
  to: number,
  spans: readonly Span[],
  isQuoted: (place: number) => boolean,
): Line[] {
  let start = from;
  return text
    .slice(from, to)
    .split("\n")
    .map((line) => {
      const end = start + line.length;
      const shown = { text: markdownLine(text, start, end, spans), isQuoted: isQuoted(start) };
      start = end + 1;
      return shown;
    });
}

function fenced(text: string, { start, end, language = "" }: Span): string[] {
  const code = text.slice(start, end);
  const fence = "`".repeat(Math.max(3, longestRun(code) + 1));
  return [fence + language.replace(/[^\w+#.-]/g, ""), ...code.split("\n"), fence];
}

/** Of blocks that overlap the later one gives way. */
function apart(blocks: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const block of [...blocks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const start = Math.max(block.start, result.at(-1)?.end ?? 0);
    if (start < block.end) result.push({ ...block, start });
  }
  return result;
}

/** Without the empty line a quote would swallow what follows it. */
function joinLines(lines: readonly Line[]): string {
  return lines
    .flatMap(({ text, isQuoted }, index) => {
      if (isQuoted) return [text === "" ? ">" : `> ${text}`];
      return lines[index - 1]?.isQuoted === true ? ["", text] : [text];
    })
    .join("\n");
}
