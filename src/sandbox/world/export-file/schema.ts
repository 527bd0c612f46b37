import { z } from "zod";

/** What Telegram Desktop writes. Strict about what is used here, indifferent to the rest, which grows with every version. */
const textPart = z.union([
  z.string(),
  z.looseObject({
    type: z.string(),
    text: z.string(),
    href: z.string().optional(),
    language: z.string().optional(),
    user_id: z.union([z.number(), z.string()]).optional(),
    document_id: z.string().optional(),
  }),
]);

/** Older versions wrote bare numbers. */
const peerId = z.union([z.string().regex(/^(user|chat|channel)\d+$/, "expected user…, chat… or channel…"), z.number()]);
const unixTime = z.union([z.number().int(), z.string().regex(/^\d+$/).transform(Number)]);
const localTime = z
  .string()
  .refine((date) => !Number.isNaN(Date.parse(`${date}Z`)), "expected a date like 2022-03-16T19:23:47");
const count = z.number().nonnegative().optional();

const message = z.looseObject({
  id: z.number().int(),
  type: z.string(),
  date: localTime,
  date_unixtime: unixTime.optional(),
  edited: localTime.optional(),
  edited_unixtime: unixTime.optional(),
  from: z.string().nullish(),
  from_id: peerId.nullish(),
  actor: z.string().nullish(),
  actor_id: peerId.nullish(),
  author: z.string().optional(),
  action: z.string().optional(),
  title: z.string().optional(),
  members: z.array(z.string().nullable()).optional(),
  message_id: z.number().int().optional(),
  duration_seconds: count,
  discard_reason: z.string().optional(),
  text: z.union([z.string(), z.array(textPart)]).default(""),
  reply_to_message_id: z.number().int().optional(),
  reply_to_peer_id: z.string().optional(),
  forwarded_from: z.string().nullish(),
  forwarded_from_id: peerId.nullish(),
  via_bot: z.string().optional(),
  photo: z.string().optional(),
  file: z.string().optional(),
  file_name: z.string().optional(),
  file_size: count,
  thumbnail: z.string().optional(),
  media_type: z.string().optional(),
  mime_type: z.string().optional(),
  sticker_emoji: z.string().optional(),
  performer: z.string().optional(),
  width: count,
  height: count,
  contact_information: z
    .looseObject({ first_name: z.string(), last_name: z.string(), phone_number: z.string() })
    .optional(),
  location_information: z.looseObject({ latitude: z.number(), longitude: z.number() }).optional(),
  place_name: z.string().optional(),
  address: z.string().optional(),
  poll: z
    .looseObject({
      question: z.string(),
      closed: z.boolean(),
      total_voters: z.number().int().nonnegative(),
      answers: z.array(z.looseObject({ text: z.string(), voters: z.number().int().nonnegative() })),
    })
    .optional(),
});

const KINDS = [
  "personal_chat",
  "bot_chat",
  "saved_messages",
  "private_group",
  "private_supergroup",
  "public_supergroup",
  "private_channel",
  "public_channel",
] as const;

const chat = z.looseObject({
  id: z.number().int().positive(),
  type: z.enum(KINDS),
  name: z.string().nullish(),
  messages: z.array(message),
});

const owner = z.looseObject({
  user_id: z.number().int().positive(),
  first_name: z.string(),
  last_name: z.string().optional(),
  username: z.string().optional(),
});

/** The export of a whole account. */
export const accountExport = z.looseObject({
  personal_information: owner.optional(),
  chats: z.looseObject({ list: z.array(chat) }),
});

/** The export of a single chat. */
export const chatExport = chat;

export type ExportedMessage = z.output<typeof message>;
export type ExportedChat = z.output<typeof chat>;
export type ExportedOwner = z.output<typeof owner>;
export type TextPart = z.output<typeof textPart>;
