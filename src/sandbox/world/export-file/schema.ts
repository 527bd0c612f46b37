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
    document_id: z.union([z.string(), z.number()]).optional(),
    collapsed: z.boolean().optional(),
  }),
]);

/** Older versions wrote bare numbers. */
const peerId = z.union([z.string().regex(/^(user|chat|channel)\d+$/, "expected user…, chat… or channel…"), z.number()]);
const unixTime = z.union([z.number().int(), z.string().regex(/^\d+$/).transform(Number)]);
const localTime = z
  .string()
  .refine((date) => !Number.isNaN(Date.parse(`${date}Z`)), "expected a date like 2022-03-16T19:23:47");
const reaction = z.looseObject({
  type: z.string(),
  count: z.number().int().nonnegative(),
  emoji: z.string().optional(),
  document_id: z.union([z.string(), z.number()]).optional(),
  recent: z.array(z.looseObject({ from: z.string().nullish(), from_id: peerId.nullish(), date: localTime })).optional(),
});

const button = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  data: z.string().optional(),
  dataBase64: z.string().optional(),
});

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
  game_message_id: z.number().int().optional(),
  invoice_message_id: z.number().int().optional(),
  inviter: z.string().nullish(),
  to: z.string().nullish(),
  distance: count,
  score: z.number().int().optional(),
  amount: z.number().optional(),
  currency: z.string().optional(),
  period: count,
  emoticon: z.string().optional(),
  reason_domain: z.string().optional(),
  new_title: z.string().optional(),
  new_icon_emoji_id: z.union([z.string().regex(/^\d+$/), z.number()]).optional(),
  boosts: count,
  duration: count,
  schedule_date: count,
  duration_seconds: count,
  discard_reason: z.string().optional(),
  text: z.union([z.string(), z.array(textPart)]).default(""),
  reply_to_message_id: z.number().int().optional(),
  reply_to_peer_id: peerId.optional(),
  forwarded_from: z.string().nullish(),
  forwarded_from_id: peerId.nullish(),
  saved_from: z.string().nullish(),
  via_bot: z.string().optional(),
  photo: z.string().optional(),
  photo_file_size: count,
  media_spoiler: z.boolean().optional(),
  self_destruct_period_seconds: count,
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
  contact_vcard: z.string().optional(),
  live_location_period_seconds: count,
  game_title: z.string().optional(),
  game_description: z.string().optional(),
  game_link: z.string().optional(),
  invoice_information: z
    .looseObject({
      title: z.string(),
      description: z.string(),
      amount: z.number(),
      currency: z.string(),
      receipt_message_id: z.number().int().optional(),
    })
    .optional(),
  reactions: z.array(reaction).optional(),
  inline_bot_buttons: z.array(z.array(button)).optional(),
  place_name: z.string().optional(),
  address: z.string().optional(),
  poll: z
    .looseObject({
      question: z.string(),
      closed: z.boolean(),
      total_voters: z.number().int().nonnegative(),
      answers: z.array(
        z.looseObject({ text: z.string(), voters: z.number().int().nonnegative(), chosen: z.boolean().optional() }),
      ),
    })
    .optional(),
});

const KINDS = [
  "personal_chat",
  "bot_chat",
  "replies",
  "verification_codes",
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
  phone_number: z.string().optional(),
  bio: z.string().optional(),
});

const contact = z.looseObject({
  user_id: z.number().int().nonnegative().optional(),
  first_name: z.string(),
  last_name: z.string().optional(),
  phone_number: z.string().optional(),
});

const frequent = z.looseObject({ id: z.number().int(), category: z.string(), type: z.string(), rating: z.number() });

const chatList = z.looseObject({ list: z.array(chat) });

/** The export of a whole account. */
export const accountExport = z.looseObject({
  personal_information: owner.optional(),
  contacts: z.looseObject({ list: z.array(contact) }).optional(),
  frequent_contacts: z.looseObject({ list: z.array(frequent) }).optional(),
  chats: chatList.optional(),
  left_chats: chatList.optional(),
});

/** The export of a single chat. */
export const chatExport = chat;

export type ExportedMessage = z.output<typeof message>;
export type ExportedChat = z.output<typeof chat>;
export type ExportedContact = z.output<typeof contact>;
export type ExportedFrequent = z.output<typeof frequent>;
export type ExportedOwner = z.output<typeof owner>;
export type TextPart = z.output<typeof textPart>;
