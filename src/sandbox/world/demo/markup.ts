import type * as Tl from "../../tl/types.js";
import { withDetected } from "../entities.js";

type Entity = Tl.TypeMessageEntity;
type Span = { readonly offset: number; readonly length: number };

const MARK =
  /\*\*(?<bold>.+?)\*\*|__(?<italic>.+?)__|`(?<code>.+?)`|\|\|(?<spoiler>.+?)\|\||\[(?<label>[^\]]+)\]\((?<url>[^)]+)\)/gs;

function entity(groups: Readonly<Record<string, string | undefined>>, at: Span): Entity {
  if (groups["bold"] !== undefined) return { _: "messageEntityBold", ...at };
  if (groups["italic"] !== undefined) return { _: "messageEntityItalic", ...at };
  if (groups["code"] !== undefined) return { _: "messageEntityCode", ...at };
  if (groups["spoiler"] !== undefined) return { _: "messageEntitySpoiler", ...at };
  return { _: "messageEntityTextUrl", ...at, url: groups["url"] ?? "" };
}

/** Turns **bold**, __italic__, `code`, ||spoiler|| and [label](url) into a text and its marks. */
export function readMarkup(source: string): {
  readonly text: string;
  readonly entities: readonly Entity[] | undefined;
} {
  let text = "";
  let end = 0;
  const entities: Entity[] = [];
  for (const match of source.matchAll(MARK)) {
    const groups = match.groups ?? {};
    const inner = groups["bold"] ?? groups["italic"] ?? groups["code"] ?? groups["spoiler"] ?? groups["label"] ?? "";
    text += source.slice(end, match.index);
    entities.push(entity(groups, { offset: text.length, length: inner.length }));
    text += inner;
    end = match.index + match[0].length;
  }
  text += source.slice(end);
  return { text, entities: withDetected(text, entities) };
}
