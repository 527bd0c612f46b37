import type { Forward, Message, Reaction } from "tg-guarded";
import { z } from "zod";
import { defined, flag } from "./defined.js";
import { isoTime, messageText, nameText } from "./words.js";

/** What of a message is told only to who asks for it. */
const MESSAGE_FIELDS = ["sender_name", "media", "reactions", "buttons", "entities", "markdown", "service"] as const;
export type MessageField = (typeof MESSAGE_FIELDS)[number];

export const fields = z
  .array(z.enum(MESSAGE_FIELDS))
  .max(MESSAGE_FIELDS.length)
  .default([])
  .describe("More than the usual fields; `service` adds service messages (somebody joined, a title changed).");

/** A message as the tools show it: the original's names; what does not apply is left out. */
export const messageSchema = z.object({
  id: z.int(),
  chat_id: z.int().optional(),
  date: isoTime(),
  edit_date: isoTime().optional(),
  from_id: z.int().optional(),
  sender_name: nameText().optional(),
  is_outgoing: z.literal(true).optional(),
  text: messageText(),
  markdown: messageText().optional(),
  fwd_from: z
    .object({
      from_id: z.int().optional(),
      from_type: z.enum(["user", "channel", "chat"]).optional(),
      from_name: nameText().optional(),
      from_username: nameText().optional(),
      from_first_name: nameText().optional(),
      from_last_name: nameText().optional(),
      date: isoTime(),
      channel_post: z.int().optional(),
    })
    .optional(),
  is_reply: z.literal(true).optional(),
  reply_to_msg_id: z.int().optional(),
  reply_quote: messageText().optional(),
  views: z.int().optional(),
  forwards: z.int().optional(),
  replies: z.int().optional(),
  is_pinned: z.literal(true).optional(),
  has_media: z.literal(true).optional(),
  media_type: z
    .string()
    .regex(/^[a-z_]+$/)
    .optional(),
  file_name: nameText().optional(),
  file_size: z.int().optional(),
  grouped_id: z
    .string()
    .regex(/^-?\d+$/)
    .optional(),
  reactions: z
    .array(z.object({ emoji: nameText().optional(), count: z.int(), is_own: z.literal(true).optional() }))
    .optional(),
  buttons: z.array(z.array(z.object({ text: nameText(), url: nameText().optional() }))).optional(),
  entities: z
    .array(z.object({ type: z.string().regex(/^\w+$/), offset: z.int(), length: z.int(), url: nameText().optional() }))
    .optional(),
  action: z.string().regex(/^\w+$/).optional(),
});

export type ShownMessage = z.input<typeof messageSchema>;

/** How the tools show messages to somebody who asked for these fields; `withChat` where they are of several chats. */
export function showMessage(
  asked: readonly MessageField[],
  { withChat = false }: { readonly withChat?: boolean | undefined } = {},
): (message: Message) => ShownMessage {
  const wants = (field: MessageField): boolean => asked.includes(field);
  return (message) => ({
    ...defined({
      id: message.id,
      chat_id: withChat ? message.chatId : undefined,
      date: message.date,
      edit_date: message.editDate,
      from_id: message.fromId,
      sender_name: wants("sender_name") ? message.senderName : undefined,
      is_outgoing: flag(message.isOutgoing),
      text: message.text,
      markdown: wants("markdown") ? message.markdown : undefined,
      fwd_from: message.forward && showForward(message.forward),
      is_reply: flag(message.replyTo !== undefined),
      reply_to_msg_id: message.replyTo?.messageId,
      reply_quote: message.replyTo?.quote,
      views: message.views,
      forwards: message.forwards,
      replies: message.repliesCount,
      is_pinned: flag(message.isPinned),
      grouped_id: message.groupedId,
      action: message.action,
      ...showMedia(message, wants("media")),
      reactions: wants("reactions") ? message.reactions?.map(showReaction) : undefined,
      buttons: wants("buttons")
        ? message.buttons?.map((row) => row.map(({ text, url }) => defined({ text, url })))
        : undefined,
      entities: wants("entities")
        ? message.entities?.map(({ type, offset, length, url }) => defined({ type, offset, length, url }))
        : undefined,
    }),
  });
}

const showMedia = ({ media }: Message, wantsAll: boolean) => ({
  has_media: flag(media !== undefined),
  media_type: media?.type,
  file_name: wantsAll ? media?.fileName : undefined,
  file_size: wantsAll ? media?.sizeBytes : undefined,
});

const showReaction = ({ emoji, count, isChosen }: Reaction) => defined({ emoji, count, is_own: flag(isChosen) });

/** The kind follows from the id: users are positive, channels begin with -100. */
function showForward(forward: Forward): NonNullable<ShownMessage["fwd_from"]> {
  const { fromId } = forward;
  return defined({
    from_id: fromId,
    from_type: fromId === undefined ? undefined : typeOf(fromId),
    from_name: forward.fromName,
    from_username: forward.fromUsername,
    from_first_name: forward.fromFirstName,
    from_last_name: forward.fromLastName,
    date: forward.date,
    channel_post: forward.channelPost,
  });
}

const typeOf = (id: number): "user" | "channel" | "chat" =>
  id > 0 ? "user" : id < -1_000_000_000_000 ? "channel" : "chat";
