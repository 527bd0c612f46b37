import type { Entity } from "../models/entity.js";
import type { ProposedLink } from "./shapes.js";

/** What Telegram makes a link of by itself, generously: better one too many shown than one too few. */
const ADDRESS = /\b(?:[a-z][a-z0-9+.-]*:\/\/[^\s<>"]+|(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?::\d+)?(?:\/[^\s<>"]*)?)/giu;

/** Every address in a text, those that hide behind other words included. */
export function linksIn(text: string, entities: readonly Entity[]): readonly ProposedLink[] {
  const hidden = entities.flatMap(({ url, offset, length }): ProposedLink[] => {
    if (url === undefined) return [];
    const shown = text.slice(offset, offset + length);
    return [{ text: shown, url, hidden: shown !== url }];
  });
  const open = [...text.matchAll(ADDRESS)].map(([url]): ProposedLink => ({ text: url, url, hidden: false }));
  return [...hidden, ...open];
}
