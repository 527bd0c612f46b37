import type { Media } from "../models/media.js";
import type { Message } from "../models/message.js";
import type { ProposedMessage } from "./shapes.js";

/** What a person sees of a message: its text up to a length, in UTF-16 code units, and what it holds beside. */
export function proposedMessage(message: Message, limit: number): ProposedMessage {
  const { id, senderName, fromId, text, media, action } = message;
  const shown = beginningOf(text, limit);
  const held = media === undefined ? action : describeMedia(media);
  return {
    id,
    by: senderName ?? String(fromId ?? "the chat"),
    text: shown,
    ...(shown.length === text.length ? {} : { moreCharacters: text.length - shown.length }),
    ...(held === undefined ? {} : { media: held }),
  };
}

/** No character of two units is cut in half. */
export const beginningOf = (text: string, limit: number): string =>
  text.length <= limit ? text : text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, "");

const describeMedia = ({ type, fileName }: Media): string => (fileName === undefined ? type : `${type} "${fileName}"`);
