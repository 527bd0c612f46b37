import type { Entity } from "./entity.js";

/** The account from which Telegram itself writes: login codes among other things (core.telegram.org/api/auth). */
export const SERVICE_CHAT_ID = 777_000;

const MASK = "•••••";

/**
 * Login codes are 5 to 6 digits, sometimes parted by dashes or spaces; my.telegram.org sends a word of letters and
 * digits. Longer numbers are hidden too: a code that runs into another number must not show.
 */
const CODE = /\p{Nd}(?:[\p{Zs}\p{Pd}]{0,3}\p{Nd}){4,}|(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{8,}/giu;

interface Marked {
  readonly text: string;
  readonly entities?: readonly Entity[];
}

/** Hides a text's login codes; links and marks keep to the words they belong to. */
export function maskCodes<T extends Marked>(message: T): T {
  const codes = [...message.text.matchAll(CODE)].map(({ 0: code, index }) => [index, index + code.length] as const);
  const at = moved(codes);
  const entities = message.entities?.flatMap((entity): Entity[] => {
    const offset = at(entity.offset, "start");
    const length = at(entity.offset + entity.length, "end") - offset;
    const url = entity.url === undefined ? {} : { url: maskText(entity.url) };
    return length > 0 ? [{ ...entity, ...url, offset, length }] : [];
  });
  return { ...message, text: maskText(message.text), ...(entities === undefined ? {} : { entities }) };
}

export const maskText = (text: string): string => text.replace(CODE, MASK);

/** Where a place in the text has gone; a place inside a code goes to the code's edge. */
function moved(
  codes: readonly (readonly [start: number, end: number])[],
): (place: number, edge: "start" | "end") => number {
  return (place, edge) => {
    let shift = 0;
    for (const [start, end] of codes) {
      if (place <= start) break;
      if (place < end) return start + shift + (edge === "end" ? MASK.length : 0);
      shift += MASK.length - (end - start);
    }
    return place + shift;
  };
}
