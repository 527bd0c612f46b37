import { bareId } from "../../models/ids.js";
import type { Chat } from "../../models/chat.js";
import type { ExportedMessage } from "../exported-message.js";
import { desktopAction } from "./desktop-action.js";
import { desktopMedia } from "./desktop-media.js";
import { desktopText } from "./desktop-text.js";
import type { Format } from "./format.js";

/** What Telegram Desktop calls a chat. */
export type DesktopKind =
  | "saved_messages"
  | "personal_chat"
  | "bot_chat"
  | "private_group"
  | "private_supergroup"
  | "public_supergroup"
  | "private_channel"
  | "public_channel";

/** Which of Telegram Desktop's kinds a chat is. */
export function desktopKind({ kind, username }: Chat, { isSelf = false, isBot = false } = {}): DesktopKind {
  switch (kind) {
    case "user":
      return isSelf ? "saved_messages" : isBot ? "bot_chat" : "personal_chat";
    case "group":
      return "private_group";
    default:
      return `${username === undefined ? "private" : "public"}_${kind}`;
  }
}

/** The `result.json` that Telegram Desktop writes for one chat. Its local times are UTC here; `date_unixtime` is exact. */
export function telegramDesktop(chat: Chat, kind: DesktopKind): Format<ExportedMessage> {
  const { title: name, id } = chat;
  const head = JSON.stringify({ name, type: kind, id: bareId(id), messages: [] }, undefined, 1);
  return {
    head: head.slice(0, head.lastIndexOf("]")),
    tail: "\n ]\n}",
    render: (items, { count }) => ({
      text: items.map((item, place) => `${count + place === 0 ? "" : ","}\n${record(item)}`).join(""),
      written: { count: count + items.length },
    }),
  };
}

const record = (message: ExportedMessage): string =>
  // Line by line: a pattern that matches beginnings of lines would find them after U+2028 inside a text, too.
  `  ${JSON.stringify(message.type === "service" ? service(message) : plain(message), undefined, 1).replaceAll("\n", "\n  ")}`;

const service = (message: ExportedMessage): Record<string, unknown> => ({
  ...when(message),
  actor: message.senderName ?? null,
  actor_id: peerOf(message.fromId ?? message.chatId),
  ...desktopAction(message.action ?? "", message.actionDetails),
  ...desktopText(""),
});

const plain = (message: ExportedMessage): Record<string, unknown> => ({
  ...when(message),
  // A deleted account has no name.
  from: message.senderName ?? null,
  from_id: peerOf(message.fromId ?? message.chatId),
  author: message.postAuthor,
  ...forwarded(message),
  ...reply(message),
  via_bot: message.viaBotUsername === undefined ? undefined : `@${message.viaBotUsername}`,
  ...desktopMedia(message),
  ...desktopText(message.text, message.entities),
  inline_bot_buttons: message.buttons?.map((row) =>
    row.map(({ type, text, url, data }) => ({ type: type === "text" ? "default" : type, text, data: url ?? data })),
  ),
  reactions: message.reactions?.map(({ type, count, emoji, customEmojiId }) => ({
    type,
    count,
    emoji,
    document_id: customEmojiId,
  })),
});

const when = ({ id, type, date, editDate }: ExportedMessage): Record<string, unknown> => ({
  id,
  type,
  date: localTime(date),
  date_unixtime: unixTime(date),
  ...(editDate === undefined ? {} : { edited: localTime(editDate), edited_unixtime: unixTime(editDate) }),
});

/** The time without its zone, as the format wants it. */
const localTime = (iso: string): string => iso.slice(0, "2022-03-16T19:23:47".length);
const unixTime = (iso: string): string => String(Date.parse(iso) / 1000);

/** `null` stands for an account that was deleted, or hides. */
function forwarded({ forward }: ExportedMessage): Record<string, unknown> {
  if (forward === undefined) return {};
  const { fromName = null, fromId } = forward;
  return { forwarded_from: fromName, forwarded_from_id: fromId === undefined ? undefined : peerOf(fromId) };
}

const reply = ({ replyTo }: ExportedMessage): Record<string, unknown> => ({
  reply_to_message_id: replyTo?.messageId,
  reply_to_peer_id: replyTo?.chatId === undefined ? undefined : peerOf(replyTo.chatId),
});

/** `user1`, `chat1` or `channel1`. */
function peerOf(marked: number): string {
  const bare = bareId(marked);
  if (marked > 0) return `user${bare}`;
  return `${bare === -marked ? "chat" : "channel"}${bare}`;
}
