import type { Api } from "telegram";
import { present } from "./present.js";

/** A stretch of text with a meaning. `offset` and `length` count UTF-16 code units, as JavaScript does. */
export interface Entity {
  /** TL's name without `messageEntity`: `bold`, `textUrl`, `mentionName`… */
  readonly type: string;
  /** In UTF-16 code units of the text. */
  readonly offset: number;
  /** In UTF-16 code units. */
  readonly length: number;
  /** Of `textUrl`. */
  readonly url?: string;
  /** Of `pre`: the language. */
  readonly language?: string;
  /** Of `mentionName`. */
  readonly userId?: number;
  /** Of `customEmoji`. A 64-bit number as a string. */
  readonly customEmojiId?: string;
}

export function toEntity(entity: Api.TypeMessageEntity): Entity {
  const name = entity.className.replace(/^(Input)?MessageEntity/, "");
  return {
    type: name.charAt(0).toLowerCase() + name.slice(1),
    offset: entity.offset,
    length: entity.length,
    ...present({
      url: entity.className === "MessageEntityTextUrl" ? entity.url : undefined,
      language: entity.className === "MessageEntityPre" ? entity.language : undefined,
      userId: entity.className === "MessageEntityMentionName" ? entity.userId.toJSNumber() : undefined,
      customEmojiId: entity.className === "MessageEntityCustomEmoji" ? entity.documentId.toString() : undefined,
    }),
  };
}
