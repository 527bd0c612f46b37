import type { Entity } from "../../models/entity.js";
import { parseHtml } from "./html.js";
import { parseMarkdown } from "./markdown.js";
import type { Marked } from "./tokens.js";

/** How a text is marked up. Absent: not at all. */
export type Formatting = "markdown" | "html";

/** The text as it will be sent, trimmed as Telegram does it, with its entities. Never throws. */
export function markedText(source: string, formatting?: Formatting): Marked {
  const { text, entities } = parse(source, formatting);
  const trimmed = text.trim();
  const cut = text.length - text.trimStart().length;
  return { text: trimmed, entities: entities.flatMap((entity) => moved(entity, cut, trimmed.length)) };
}

function parse(source: string, formatting: Formatting | undefined): Marked {
  switch (formatting) {
    case undefined:
      return { text: source, entities: [] };
    case "markdown":
      return tidy(parseMarkdown(source));
    case "html":
      return tidy(parseHtml(source));
  }
}

/** Inside code nothing else counts: of a block and the code in it the block stays. */
function tidy({ text, entities }: Marked): Marked {
  let codeEnd = 0;
  const kept = entities.filter(({ type, offset, length }) => {
    if (offset + length <= codeEnd) return false;
    if (type === "code" || type === "pre") codeEnd = offset + length;
    return true;
  });
  return { text, entities: kept };
}

function moved(entity: Entity, cut: number, length: number): Entity[] {
  const from = Math.max(0, entity.offset - cut);
  const to = Math.min(length, entity.offset + entity.length - cut);
  return from < to ? [{ ...entity, offset: from, length: to - from }] : [];
}
