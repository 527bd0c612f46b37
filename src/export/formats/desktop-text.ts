import type { Entity } from "../../models/entity.js";

/** A piece of text as Telegram Desktop writes it. */
type DesktopPart = { readonly type: string; readonly text: string } & Readonly<Record<string, unknown>>;

/** Where Telegram Desktop has another word than TL. */
const NAMES: Readonly<Record<string, string>> = {
  url: "link",
  textUrl: "text_link",
  strike: "strikethrough",
  mentionName: "mention_name",
  botCommand: "bot_command",
  bankCard: "bank_card",
  customEmoji: "custom_emoji",
};

/**
 * The text in pieces that lie side by side: the format has no entity inside another, so of two that overlap it keeps the
 * one that begins first.
 */
function desktopParts(text: string, entities: readonly Entity[] = []): DesktopPart[] {
  const parts: DesktopPart[] = [];
  const plain = (piece: string): void => {
    if (piece !== "") parts.push({ type: "plain", text: piece });
  };
  let done = 0;
  for (const entity of [...entities].sort((a, b) => a.offset - b.offset)) {
    const end = Math.min(entity.offset + entity.length, text.length);
    if (entity.offset < done || end <= entity.offset) continue;
    plain(text.slice(done, entity.offset));
    parts.push({ type: NAMES[entity.type] ?? entity.type, text: text.slice(entity.offset, end), ...extra(entity) });
    done = end;
  }
  plain(text.slice(done));
  return parts;
}

function extra({ type, url, language, userId, customEmojiId }: Entity): Record<string, unknown> {
  switch (type) {
    case "textUrl":
      return { href: url ?? "" };
    case "pre":
      return { language: language ?? "" };
    case "mentionName":
      return { user_id: userId ?? 0 };
    case "customEmoji":
      return { document_id: customEmojiId ?? "" };
    default:
      return {};
  }
}

/** `text` and `text_entities`: plain text stands alone in the first. */
export function desktopText(text: string, entities?: readonly Entity[]): Record<string, unknown> {
  const parts = desktopParts(text, entities);
  const isPlain = parts.every(({ type }) => type === "plain");
  return {
    text: isPlain ? text : parts.map((part) => (part.type === "plain" ? part.text : part)),
    text_entities: parts,
  };
}
