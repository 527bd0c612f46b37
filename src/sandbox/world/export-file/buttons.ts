import type * as Tl from "../../tl/types.js";
import type { ExportedMessage } from "./schema.js";

type Exported = NonNullable<ExportedMessage["inline_bot_buttons"]>[number][number];

function button({ type, text = "", data = "", dataBase64 }: Exported): Tl.TypeKeyboardButton {
  const bytes = dataBase64 === undefined ? Buffer.from(data) : Buffer.from(dataBase64, "base64");
  switch (type) {
    case "url":
      return { _: "keyboardButtonUrl", text, url: data };
    case "callback":
      return { _: "keyboardButtonCallback", text, data: bytes };
    case "callback_with_password":
      return { _: "keyboardButtonCallback", text, data: bytes, requires_password: true };
    case "switch_inline":
      return { _: "keyboardButtonSwitchInline", text, query: data };
    case "switch_inline_same":
      return { _: "keyboardButtonSwitchInline", text, query: data, same_peer: true };
    case "web_view":
      return { _: "keyboardButtonWebView", text, url: data };
    case "simple_web_view":
      return { _: "keyboardButtonSimpleWebView", text, url: data };
    case "copy_text":
      return { _: "keyboardButtonCopy", text, copy_text: data };
    case "game":
      return { _: "keyboardButtonGame", text };
    case "buy":
      return { _: "keyboardButtonBuy", text };
    default:
      return { _: "keyboardButton", text };
  }
}

/** The buttons that a bot put beneath its message. */
export function readButtons({ inline_bot_buttons: rows }: ExportedMessage): Tl.replyInlineMarkup | undefined {
  return (
    rows && {
      _: "replyInlineMarkup",
      rows: rows.map((row) => ({ _: "keyboardButtonRow", buttons: row.map(button) })),
    }
  );
}
