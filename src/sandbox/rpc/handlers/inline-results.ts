import type * as Tl from "../../tl/types.js";
import type { Draft } from "../../world/message.js";
import { presentMedia } from "../../world/present/media.js";
import type { RequestContext } from "../handler.js";
import { knownFile } from "./files.js";
import { acceptMarkup } from "./markup.js";
import { notServed, refuse } from "./refuse.js";
import { acceptCaption, acceptText } from "./text.js";

type Given = Tl.TypeInputBotInlineMessage;

/** What will be sent, as clients are shown it. @throws MESSAGE_EMPTY, SEND_MESSAGE_TYPE_INVALID, the errors of buttons */
function messageOf(context: RequestContext, given: Given): Tl.botInlineMessageText | Tl.botInlineMessageMediaAuto {
  if (given._ !== "inputBotInlineMessageText" && given._ !== "inputBotInlineMessageMediaAuto") throw notServed();
  const accept = given._ === "inputBotInlineMessageText" ? acceptText : acceptCaption;
  const { text: message, entities } = accept(context, given.message, given.entities);
  const reply_markup = acceptMarkup(context, given.reply_markup);
  const _ = given._ === "inputBotInlineMessageText" ? "botInlineMessageText" : "botInlineMessageMediaAuto";
  return { _, message, entities: entities ?? [], reply_markup };
}

function fileOf(context: RequestContext, given: Tl.TypeInputPhoto | Tl.TypeInputDocument, kind: "photo" | "document") {
  if (given._ === "inputPhotoEmpty" || given._ === "inputDocumentEmpty") throw refuse("MEDIA_EMPTY");
  const shown = presentMedia(context.world, knownFile(context, given, kind), context.account.id);
  if (shown._ === "messageMediaPhoto") return { photo: shown.photo };
  return shown._ === "messageMediaDocument" ? { document: shown.document } : {};
}

/** A result as a bot gives it, as clients are shown it. @throws ARTICLE_TITLE_EMPTY, RESULT_TYPE_INVALID */
export function presentResult(context: RequestContext, given: Tl.TypeInputBotInlineResult): Tl.TypeBotInlineResult {
  const send_message = messageOf(context, given.send_message);
  const { id } = given;
  switch (given._) {
    case "inputBotInlineResult": {
      const { type, title, description, url } = given;
      if (given.content || given.thumb || type !== "article") throw notServed();
      if (title === undefined || title.trim() === "") throw refuse("ARTICLE_TITLE_EMPTY");
      if (send_message._ !== "botInlineMessageText") throw refuse("SEND_MESSAGE_TYPE_INVALID");
      return { _: "botInlineResult", id, type, title, description, url, send_message };
    }
    case "inputBotInlineResultPhoto":
      return {
        _: "botInlineMediaResult",
        id,
        type: given.type,
        ...fileOf(context, given.photo, "photo"),
        send_message,
      };
    case "inputBotInlineResultDocument": {
      const { type, title, description } = given;
      const file = fileOf(context, given.document, "document");
      return { _: "botInlineMediaResult", id, type, title, description, ...file, send_message };
    }
    case "inputBotInlineResultGame":
      throw refuse("RESULT_TYPE_INVALID");
  }
}

/** The message that a chosen result becomes. */
export function contentOf(
  context: RequestContext,
  result: Tl.TypeBotInlineResult,
): Pick<Draft, "text" | "entities" | "media" | "replyMarkup"> {
  const { send_message: said } = result;
  if (said._ !== "botInlineMessageText" && said._ !== "botInlineMessageMediaAuto") throw notServed();
  const { message: text, entities, reply_markup: replyMarkup } = said;
  const shown = result._ === "botInlineMediaResult" ? (result.photo ?? result.document) : undefined;
  return { text, entities, replyMarkup, media: shown && context.world.files.get(shown.id) };
}
