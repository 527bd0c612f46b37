import type * as Tl from "../../tl/types.js";
import type { RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";

/** core.telegram.org/bots/api#inlinekeyboardbutton */
const LONGEST_DATA = 64;
const MOST_BUTTONS = 100;

type Button = Tl.TypeKeyboardButton;

function checkButton(button: Button, isInline: boolean): void {
  if (button.text.trim() === "") throw refuse("BUTTON_TEXT_INVALID");
  switch (button._) {
    case "keyboardButtonCallback":
      if (!isInline) throw refuse("BUTTON_TYPE_INVALID");
      if (button.data.length === 0 || button.data.length > LONGEST_DATA) throw refuse("BUTTON_DATA_INVALID");
      break;
    case "keyboardButtonUrl":
      if (!isInline) throw refuse("BUTTON_TYPE_INVALID");
      if (!/^(https?|tg|tonsite):\/\/\S+$|^[\w-]+(\.[\w-]+)+/.test(button.url)) throw refuse("BUTTON_URL_INVALID");
      break;
    case "keyboardButtonSwitchInline":
    case "keyboardButtonCopy":
      if (!isInline) throw refuse("BUTTON_TYPE_INVALID");
      break;
    case "keyboardButton":
    case "keyboardButtonRequestPhone":
    case "keyboardButtonRequestGeoLocation":
    case "keyboardButtonRequestPoll":
      if (isInline) throw refuse("BUTTON_TYPE_INVALID");
      break;
    default:
      throw refuse("BUTTON_TYPE_INVALID");
  }
}

/**
 * The buttons that a bot puts beneath a message. What people send of the kind is passed over.
 *
 * @throws REPLY_MARKUP_INVALID, BUTTON_TEXT_INVALID, BUTTON_DATA_INVALID, BUTTON_URL_INVALID, BUTTON_TYPE_INVALID
 */
export function acceptMarkup(
  { world, account }: RequestContext,
  markup: Tl.TypeReplyMarkup | undefined,
): Tl.TypeReplyMarkup | undefined {
  if (!markup || !world.isBot(account.id)) return undefined;
  if (markup._ === "replyKeyboardHide" || markup._ === "replyKeyboardForceReply") return markup;
  const buttons = markup.rows.flatMap((row) => row.buttons);
  if (buttons.length > MOST_BUTTONS) throw refuse("REPLY_MARKUP_TOO_LONG");
  for (const button of buttons) checkButton(button, markup._ === "replyInlineMarkup");
  // An empty keyboard takes the one there is away.
  return buttons.length > 0 ? markup : undefined;
}
