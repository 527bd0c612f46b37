import type { Entity } from "./entity.js";

/** A stretch of text with a style that Markdown has; `end` is behind its last code unit. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly style:
    "bold" | "italic" | "underline" | "strike" | "spoiler" | "code" | "link" | "address" | "pre" | "quote";
  /** Where a `link` leads. */
  readonly url?: string;
  /** Of `pre`. */
  readonly language?: string;
}

const STYLES: Readonly<Record<string, Span["style"]>> = {
  bold: "bold",
  italic: "italic",
  underline: "underline",
  strike: "strike",
  spoiler: "spoiler",
  code: "code",
  pre: "pre",
  blockquote: "quote",
};

/** Something that CommonMark takes for an address between angle brackets. */
const ADDRESS = /^(?:[a-z][a-z0-9+.-]{1,31}:[^\s<>\\]*|[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+)$/i;

/** Entities as spans of this text, never through the middle of a surrogate pair. */
export function spansOf(text: string, entities: readonly Entity[]): Span[] {
  return entities.flatMap((entity): Span[] => {
    const start = whole(text, clamp(entity.offset, text.length), -1);
    const end = whole(text, clamp(entity.offset + entity.length, text.length), 1);
    return start < end ? styled(entity, { start, end }, text.slice(start, end)) : [];
  });
}

function styled(entity: Entity, at: Pick<Span, "start" | "end">, words: string): Span[] {
  const { type, url, userId, language } = entity;
  if (type === "textUrl") return url === undefined ? [] : [{ ...at, style: "link", url }];
  if (type === "mentionName") return [{ ...at, style: "link", url: `tg://user?id=${userId ?? 0}` }];
  if (type === "url" || type === "email") return ADDRESS.test(words) ? [{ ...at, style: "address" }] : [];
  const style = STYLES[type];
  return style === undefined ? [] : [{ ...at, style, ...(language === undefined ? {} : { language }) }];
}

const clamp = (place: number, length: number): number => Math.min(Math.max(place, 0), length);

function whole(text: string, place: number, step: 1 | -1): number {
  const isInside = /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(place - 1, place + 1));
  return place > 0 && isInside ? place + step : place;
}

/** Spans of one line, cut so that each lies inside another or beside it, and none begins or ends with white space. */
export function nested(text: string, spans: readonly Span[]): Span[] {
  const waiting = joined(spans.flatMap((span) => trimmed(text, span)));
  const done: Span[] = [];
  const open: Span[] = [];
  for (let span = waiting.shift(); span !== undefined; span = waiting.shift()) {
    const { start, end } = span;
    while ((open.at(-1)?.end ?? Infinity) <= start) open.pop();
    const around = open.at(-1);
    if (around !== undefined && around.end < end) {
      const parts = [
        { ...span, end: around.end },
        { ...span, start: around.end },
      ];
      waiting.push(...parts.flatMap((part) => trimmed(text, part)));
      waiting.sort(byPlace);
    } else if (!open.some((outer) => forbids(outer, span))) {
      done.push(span);
      open.push(span);
    }
  }
  return done;
}

const isPlain = ({ style }: Span): boolean => style === "code" || style === "address";

/** Code and addresses hold nothing but letters; a link holds no other link, and no style stands in itself. */
function forbids(outer: Span, inner: Span): boolean {
  if (isPlain(outer)) return true;
  return outer.style === inner.style || (outer.style === "link" && inner.style === "address");
}

function trimmed(text: string, span: Span): Span[] {
  let { start, end } = span;
  if (span.style !== "code") {
    while (start < end && /\s/.test(text.charAt(start))) start++;
    while (start < end && /\s/.test(text.charAt(end - 1))) end--;
  }
  return start < end ? [{ ...span, start, end }] : [];
}

/** Plain text inside is decided first: of two spans of equal place the one that may hold the other comes first. */
const byPlace = (a: Span, b: Span): number =>
  a.start - b.start || b.end - a.end || Number(isPlain(a)) - Number(isPlain(b));

/** Stretches of one style that touch are one: their marks would run into each other. */
function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  const last = new Map<string, number>();
  for (const span of [...spans].sort(byPlace)) {
    const key = `${span.style} ${span.url ?? ""}`;
    const index = last.get(key) ?? -1;
    const before = result[index];
    if (before !== undefined && span.style !== "address" && span.start <= before.end) {
      result[index] = { ...before, end: Math.max(before.end, span.end) };
    } else {
      last.set(key, result.push(span) - 1);
    }
  }
  return result.sort(byPlace);
}
