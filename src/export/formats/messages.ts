import type { Chat } from "../../models/chat.js";
import type { ExportedMessage } from "../exported-message.js";
import type { FormatName } from "./choose.js";
import { csv } from "./csv.js";
import type { Format } from "./format.js";
import { json, jsonl } from "./json.js";
import { markdown } from "./markdown.js";
import { MESSAGE_COLUMNS } from "./message-columns.js";
import { telegramDesktop, type DesktopKind } from "./telegram-desktop.js";

export interface MessageFormatOptions {
  readonly chat: Chat;
  readonly desktopKind: DesktopKind;
  readonly defuseFormulas: boolean;
}

/** How messages are written in each format. */
export function messageFormat(name: FormatName, options: MessageFormatOptions): Format<ExportedMessage> {
  const { chat, desktopKind, defuseFormulas } = options;
  switch (name) {
    case "jsonl":
      return jsonl();
    case "json":
      return json();
    case "csv":
      return csv(MESSAGE_COLUMNS, { defuseFormulas });
    case "telegram-desktop":
      return telegramDesktop(chat, desktopKind);
    case "markdown":
      return markdown(chat.title);
  }
}
