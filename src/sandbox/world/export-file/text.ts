import { createHash } from "node:crypto";
import type * as Tl from "../../tl/types.js";
import type { ExportedMessage, TextPart } from "./schema.js";

type Marked = Exclude<TextPart, string>;

/** The text and its marks, which the export writes as a list of pieces. */
export function readText(text: ExportedMessage["text"]): {
  readonly text: string;
  readonly entities: Tl.TypeMessageEntity[] | undefined;
} {
  if (typeof text === "string") return { text, entities: undefined };
  let whole = "";
  const entities: Tl.TypeMessageEntity[] = [];
  for (const part of text) {
    const piece = typeof part === "string" ? part : part.text;
    if (typeof part !== "string" && part.type !== "plain" && piece !== "") {
      entities.push(entity(part, { offset: whole.length, length: piece.length }));
    }
    whole += piece;
  }
  return { text: whole, entities: entities.length === 0 ? undefined : entities };
}

const SIMPLE = {
  mention: "messageEntityMention",
  hashtag: "messageEntityHashtag",
  bot_command: "messageEntityBotCommand",
  link: "messageEntityUrl",
  email: "messageEntityEmail",
  bold: "messageEntityBold",
  italic: "messageEntityItalic",
  code: "messageEntityCode",
  phone: "messageEntityPhone",
  cashtag: "messageEntityCashtag",
  underline: "messageEntityUnderline",
  strikethrough: "messageEntityStrike",
  bank_card: "messageEntityBankCard",
  spoiler: "messageEntitySpoiler",
} as const;

const isSimple = (type: string): type is keyof typeof SIMPLE => Object.hasOwn(SIMPLE, type);

/** Custom emoji are exported by their id, or as the path of a file, which stands for an id that it does not tell. */
export function emojiId(document: string | number | undefined): bigint {
  const text = String(document ?? "");
  if (/^\d+$/.test(text)) return BigInt(text);
  return createHash("sha256").update(text).digest().readBigUInt64LE() >> 1n;
}

function entity(part: Marked, at: { readonly offset: number; readonly length: number }): Tl.TypeMessageEntity {
  if (isSimple(part.type)) return { _: SIMPLE[part.type], ...at };
  switch (part.type) {
    case "pre":
      return { _: "messageEntityPre", ...at, language: part.language ?? "" };
    case "text_link":
      return { _: "messageEntityTextUrl", ...at, url: part.href ?? part.text };
    case "blockquote":
      return { _: "messageEntityBlockquote", ...at, collapsed: part.collapsed || undefined };
    case "custom_emoji":
      return { _: "messageEntityCustomEmoji", ...at, document_id: emojiId(part.document_id) };
    case "mention_name":
      return { _: "messageEntityMentionName", ...at, user_id: BigInt(part.user_id ?? 0) };
    default:
      return { _: "messageEntityUnknown", ...at };
  }
}
