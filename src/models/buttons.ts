import type { Api } from "telegram";
import { toNumber } from "./ids.js";
import { present } from "./present.js";

/** A button below a bot's message. */
export interface Button {
  /** TL's name without `keyboardButton`: `url`, `callback`, `switchInline`…; `text` for one that sends its own text. */
  readonly type: string;
  readonly text: string;
  readonly url?: string;
  /** Of `callback`: what the bot gets, as base64. */
  readonly data?: string;
  /** Of `switchInline`. */
  readonly query?: string;
  /** Of `userProfile`. */
  readonly userId?: number;
  /** Of `copy`. */
  readonly copyText?: string;
}

/** Row by row; `undefined` when the message has none. */
export function toButtons(markup: Api.TypeReplyMarkup | undefined): readonly (readonly Button[])[] | undefined {
  if (markup?.className !== "ReplyInlineMarkup" || markup.rows.length === 0) return undefined;
  return markup.rows.map(({ buttons }) => buttons.map(toButton));
}

function toButton(button: Api.TypeKeyboardButton): Button {
  const name = button.className.replace(/^(Input)?KeyboardButton/, "");
  return {
    type: name === "" ? "text" : name.charAt(0).toLowerCase() + name.slice(1),
    text: button.text,
    ...present({
      url: "url" in button ? button.url : undefined,
      data: button.className === "KeyboardButtonCallback" ? button.data.toString("base64") : undefined,
      query: button.className === "KeyboardButtonSwitchInline" ? button.query : undefined,
      userId: button.className === "KeyboardButtonUserProfile" ? toNumber(button.userId) : undefined,
      copyText: button.className === "KeyboardButtonCopy" ? button.copyText : undefined,
    }),
  };
}
