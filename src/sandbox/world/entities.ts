import type * as Tl from "../tl/types.js";

type Entity = Tl.TypeMessageEntity;
type Span = { readonly offset: number; readonly length: number };

/** What Telegram marks by itself in a text (core.telegram.org/api/entities). */
const MARKS: readonly (readonly [RegExp, (at: Span) => Entity])[] = [
  [/\bhttps?:\/\/[^\s<>"]*[^\s<>".,;:!?)]/g, (at) => ({ _: "messageEntityUrl", ...at })],
  [/\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g, (at) => ({ _: "messageEntityEmail", ...at })],
  [/(?<![\w@.])@[a-z]\w{3,31}\b/gi, (at) => ({ _: "messageEntityMention", ...at })],
  [/(?<![\w#&])#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*/gu, (at) => ({ _: "messageEntityHashtag", ...at })],
  [/(?<![\w/])\/[a-z]\w{0,31}\b(?!\/)/gi, (at) => ({ _: "messageEntityBotCommand", ...at })],
];

/** No mark is possible without one of these: most texts have none and need no closer look. */
const MARKED = /[@#/]/;

const overlaps = (a: Span, b: Span): boolean => a.offset < b.offset + b.length && b.offset < a.offset + a.length;

/** Adds links, mentions and tags to the marks that the sender made, and sorts them as Telegram does. */
export function withDetected(text: string, given: readonly Entity[] = []): readonly Entity[] | undefined {
  if (given.length === 0 && !MARKED.test(text)) return undefined;
  const marks = [...given];
  const covering = given.filter(
    (entity) =>
      entity._ === "messageEntityCode" || entity._ === "messageEntityPre" || entity._ === "messageEntityTextUrl",
  );
  for (const [pattern, make] of MARKS) {
    for (const match of text.matchAll(pattern)) {
      const mark = make({ offset: match.index, length: match[0].length });
      if (![...covering, ...marks.slice(given.length)].some((other) => overlaps(other, mark))) marks.push(mark);
    }
  }
  return marks.length === 0 ? undefined : marks.sort((a, b) => a.offset - b.offset || b.length - a.length);
}
