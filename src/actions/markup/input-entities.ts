import type { Api } from "telegram";
import type { Entity } from "../../models/entity.js";
import type { Addressing } from "../../telegram/peer.js";

/** Entities as requests carry them. */
export const inputEntities = ({ api }: Addressing, entities: readonly Entity[]): Api.TypeMessageEntity[] =>
  entities.flatMap((entity): Api.TypeMessageEntity[] => {
    const { type, offset, length, url = "", language = "" } = entity;
    const at = { offset, length };
    switch (type) {
      case "bold":
        return [new api.MessageEntityBold(at)];
      case "italic":
        return [new api.MessageEntityItalic(at)];
      case "underline":
        return [new api.MessageEntityUnderline(at)];
      case "strike":
        return [new api.MessageEntityStrike(at)];
      case "spoiler":
        return [new api.MessageEntitySpoiler(at)];
      case "code":
        return [new api.MessageEntityCode(at)];
      case "pre":
        return [new api.MessageEntityPre({ ...at, language })];
      case "blockquote":
        return [new api.MessageEntityBlockquote(at)];
      case "textUrl":
        return [new api.MessageEntityTextUrl({ ...at, url })];
      default:
        return [];
    }
  });
