import { z } from "zod";
import type { AdminRight, Denial } from "../members.js";
import { flagsOf } from "./flags.js";

/** Who or what is meant: an id, an `@username`, or a full name or title. */
const reference = z.union([z.int().positive(), z.string().min(1)]);

/** A moment, as ISO 8601 or in seconds of Unix time. */
const moment = z.union([
  z.int().min(0),
  z.iso.datetime({ offset: true }).transform((text) => Math.floor(Date.parse(text) / 1000)),
]);

const username = z
  .string()
  .regex(/^[a-z]\w{3,31}$/i, "must be 4 to 32 letters, digits and _, a letter first, without @");
const count = z.int().min(0);
/** core.telegram.org/bots/api#authorizing-your-bot */
const TOKEN = /^[1-9]\d*:[\w-]+$/;

/** One of Telegram's flags, by its name. */
function flag<T extends string>(constructor: string) {
  const names = flagsOf(constructor);
  return z.custom<T>(
    (value) => typeof value === "string" && names.includes(value),
    `must be one of ${names.join(", ")}`,
  );
}
const denials = z.array(flag<Denial>("chatBannedRights"));
const audience = z.enum(["everybody", "contacts", "nobody"]).exactOptional();

const account = z.strictObject({
  /** The login code, five digits. @defaultValue "22222" */
  code: z
    .string()
    .regex(/^\d{5}$/, "must be five digits")
    .default("22222"),
  /** Of two-step verification, which is off without one. */
  password: z.string().min(1).exactOptional(),
  /** What helps to remember the password by. */
  hint: z.string().exactOptional(),
  /** Where codes by e-mail go, for a forgotten password too. */
  email: z.string().exactOptional(),
  /** People in its address book. */
  contacts: z.array(reference).default([]),
  /** People who cannot write to it. */
  blocked: z.array(reference).default([]),
  /** Who may do what, and see what: everybody by default, the number contacts alone. */
  privacy: z
    .strictObject({
      ...{ invitations: audience, forwards: audience, lastSeen: audience, phone: audience, byPhone: audience },
      ...{ photo: audience, about: audience, calls: audience, voices: audience },
    })
    .default({}),
  /** Chats at the top of its list, in this order. */
  pinned: z.array(reference).default([]),
  /** Chats that make no sound. */
  muted: z.array(reference).default([]),
  /** Chats in the archive. */
  archived: z.array(reference).default([]),
});

export const userPlan = z.strictObject({
  /** For a bot with a token what that begins with; else made up by default. */
  id: z.int().positive().exactOptional(),
  firstName: z.string(),
  lastName: z.string().exactOptional(),
  /** Without `@`: 4 to 32 letters, digits and `_`, a letter first. */
  username: username.exactOptional(),
  /** With its country code, digits alone. Made up by default for whoever has an account. */
  phone: z
    .string()
    .regex(/^\d{5,15}$/, "must be digits alone")
    .exactOptional(),
  /** What it says of itself. */
  about: z.string().exactOptional(),
  /** It has a picture, which is made up. */
  photo: z.literal(true).exactOptional(),
  /** `true`: one that only stands there. With a `token` it can log in. */
  bot: z
    .union([
      z.boolean(),
      z.strictObject({
        commands: z.array(z.strictObject({ command: z.string().min(1), description: z.string() })).exactOptional(),
        /** What it logs in with; begins with its id. */
        token: z.string().regex(TOKEN, "must be the bot's id, a colon, and letters, digits, _ and -").exactOptional(),
        /** It has no privacy mode: it reads everything in its groups. */
        readsAll: z.boolean().exactOptional(),
        /** It can be asked in any chat; this is what clients show in the empty input field. */
        inline: z.string().exactOptional(),
      }),
    ])
    .exactOptional(),
  verified: z.boolean().exactOptional(),
  premium: z.boolean().exactOptional(),
  /** A deleted account. */
  deleted: z.boolean().exactOptional(),
  /** When it was online: `lastSeen` as ISO 8601 or seconds of Unix time. */
  presence: z
    .union([z.enum(["online", "recently", "last-week", "last-month"]), z.strictObject({ lastSeen: moment })])
    .exactOptional(),
  /** Whoever has one can log in. `true`: with the code 22222 and no password. */
  account: z.union([z.literal(true).transform(() => account.parse({})), account]).exactOptional(),
});

const poll = z.strictObject({
  question: z.string().min(1),
  answers: z.array(z.string().min(1)).min(2).max(10),
  /** Several answers may be chosen. */
  multiple: z.boolean().exactOptional(),
  /** Everybody sees who chose what. */
  public: z.boolean().exactOptional(),
  closed: z.boolean().exactOptional(),
  /** The place of the right answer, from 0: makes it a quiz. */
  correct: count.exactOptional(),
  /** What a quiz explains afterwards. */
  solution: z.string().exactOptional(),
  /** Who chose what, by the text of the answer: `{ "Yes": [people] }`. */
  votes: z.record(z.string(), z.array(reference)).default({}),
});

const media = z.union(
  [
    z.strictObject({ photo: z.literal(true) }),
    z.strictObject({
      /** Its name; the bytes are made up. */
      file: z.string().min(1),
      /** @defaultValue 10_000 */
      sizeBytes: count.default(10_000),
    }),
    z.strictObject({
      /** Its name. */
      file: z.string().min(1),
      /** Its bytes, as a text in UTF-8. */
      content: z.string(),
    }),
    z.strictObject({ voiceSeconds: z.int().min(1) }),
    z.strictObject({ videoSeconds: z.int().min(1) }),
    z.strictObject({
      /** The emoji that it stands for. */
      sticker: z.string().min(1),
    }),
    z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
    z.strictObject({ phone: z.string().min(1), firstName: z.string(), lastName: z.string().default("") }),
    z.strictObject({ poll }),
  ],
  "must be one of photo, file, voiceSeconds, videoSeconds, sticker, latitude and longitude, phone, or poll",
);

const button = z.union([
  z.strictObject({ text: z.string().min(1), url: z.string().min(1) }),
  z.strictObject({
    text: z.string().min(1),
    /** What the bot hears when it is pressed. */
    data: z.string().min(1).max(64),
    /** What the bot answers: a text, a dialog with `alert`, or an address to open. By default the bot is asked. */
    answer: z
      .union([
        z.string().transform((text) => ({ text })),
        z.strictObject({
          text: z.string().exactOptional(),
          alert: z.boolean().exactOptional(),
          url: z.string().exactOptional(),
        }),
      ])
      .exactOptional(),
  }),
  z.strictObject({ text: z.string().min(1) }),
]);

const service = z.union(
  [
    z.strictObject({ newTitle: z.string().min(1) }),
    z.strictObject({ added: z.array(reference).min(1) }),
    z.strictObject({ removed: reference }),
    z.strictObject({ pinned: z.string().min(1) }),
    z.strictObject({ joinedByLink: z.literal(true) }),
    z.strictObject({ newPhoto: z.literal(true) }),
  ],
  "must be one of newTitle, added, removed, pinned, joinedByLink, or newPhoto",
);

export const messagePlan = z.strictObject({
  /** Who writes: an id, `@username` or full name. Not needed in channels and private chats. */
  from: reference.exactOptional(),
  text: z.string().default(""),
  /** The text has **bold**, __italic__, `code`, ||spoiler|| and [links](https://…). */
  markup: z.boolean().default(false),
  /** ISO 8601 or seconds of Unix time; a minute after the one before by default. */
  date: moment.exactOptional(),
  /** A name for it, which `replyTo` of a later one in the same chat or topic takes. */
  label: z.string().min(1).exactOptional(),
  /** The label of an earlier message of the same chat or topic. */
  replyTo: z.string().min(1).exactOptional(),
  /** What is attached: a photo, a file, a place, a contact, a poll… */
  media: media.exactOptional(),
  /** Makes it a service message. Of itself it changes nothing about the chat; `pinned` takes a label. */
  service: service.exactOptional(),
  /** Row by row. Those that have neither `url` nor `data` write their text. */
  buttons: z.array(z.array(button)).exactOptional(),
  /** A person, a channel, or the `name` of somebody who hides the account. */
  forwardedFrom: z.union([reference, z.strictObject({ name: z.string().min(1) })]).exactOptional(),
  /** The bot whose inline result it is. */
  viaBot: reference.exactOptional(),
  /** The signature below a post. */
  author: z.string().exactOptional(),
  /** May not be passed on or saved. */
  protected: z.boolean().exactOptional(),
  pinned: z.boolean().exactOptional(),
  /** Sent without a sound. */
  silent: z.boolean().exactOptional(),
  /** How often it was seen. @defaultValue 1 for the posts of a channel */
  views: count.exactOptional(),
  /** How often it was passed on. */
  forwards: count.exactOptional(),
  /** ISO 8601 or seconds of Unix time; not edited by default. */
  editDate: moment.exactOptional(),
  /** Messages with the same number are one album. */
  album: z.int().min(1).exactOptional(),
  /** Who reacted with what: `{ "👍": [people] }`. */
  reactions: z.record(z.string().min(1), z.array(reference)).exactOptional(),
});

export const topicPlan = z.strictObject({
  title: z.string().min(1),
  /** Who opened it; the creator of the forum by default. */
  by: reference.exactOptional(),
  /** Only admins write in it. */
  closed: z.boolean().exactOptional(),
  /** Stands at the top of the list of topics. */
  pinned: z.boolean().exactOptional(),
  messages: z.array(messagePlan).default([]),
});

const admin = z.union([
  reference.transform((who) => ({ who })),
  z.strictObject({
    who: reference,
    rank: z.string().exactOptional(),
    rights: z.array(flag<AdminRight>("chatAdminRights")).exactOptional(),
  }),
]);

const common = {
  /** Bare, without -100: at least ten digits for supergroups and channels. Made up by default. */
  id: z.int().positive().exactOptional(),
  title: z.string().min(1),
  about: z.string().exactOptional(),
  /** When it was made: ISO 8601 or seconds of Unix time. @defaultValue 1 January 2025 */
  date: moment.exactOptional(),
  /** Without one there is no message that says who made it. */
  creator: reference.exactOptional(),
  /** People, or `{ who, rank, rights }`; `rights` by Telegram's flags (`ban_users`…), the usual by default. */
  admins: z.array(admin).default([]),
  members: z.array(reference).default([]),
  messages: z.array(messagePlan).default([]),
  /** How many of the newest messages no account has read yet. @defaultValue 0 */
  unread: count.default(0),
  /** It has a picture, which is made up. */
  photo: z.literal(true).exactOptional(),
  /** What members may not do, by Telegram's flags (`send_media`…). */
  denied: denials.exactOptional(),
  /** What is written in it may not be passed on. */
  protected: z.boolean().exactOptional(),
};

const publicOnes = {
  /** Without `@`. With one it is public. */
  username: username.exactOptional(),
  verified: z.boolean().exactOptional(),
  /** People who were thrown out and cannot come back by themselves. */
  banned: z.array(reference).default([]),
  /** Members who may do less, by Telegram's flags; `until` as ISO 8601 or seconds of Unix time, else for good. */
  restricted: z
    .array(z.strictObject({ who: reference, denied: denials.min(1), until: moment.exactOptional() }))
    .default([]),
};

export const groupPlan = z.strictObject(common);
export const supergroupPlan = z.strictObject({
  ...{ ...common, ...publicOnes },
  /** How long a member waits from one message to the next, in seconds; 0: not at all. */
  slowModeSeconds: count.exactOptional(),
  /** Only admins see who is in it. */
  hidesMembers: z.boolean().exactOptional(),
  /** An admin lets in whoever joins. */
  joinRequest: z.boolean().exactOptional(),
  /** The basic group of this world that it was before, which ends when it begins. */
  migratedFrom: reference.exactOptional(),
  /** Makes it a forum. */
  topics: z.array(topicPlan).exactOptional(),
});
export const channelPlan = z.strictObject({
  ...{ ...common, ...publicOnes },
  /** Posts tell who wrote them. */
  signatures: z.boolean().exactOptional(),
  /** The supergroup of this world where posts are commented on. */
  discussion: reference.exactOptional(),
});
export const privatePlan = z.strictObject({
  /** One of the two has an account. */
  between: z.tuple([reference, reference]),
  messages: z.array(messagePlan).default([]),
  /** How many of the newest messages the first of the two has not read yet. @defaultValue 0 */
  unread: count.default(0),
});

/** A world as a JSON file describes it. */
export const worldPlan = z.strictObject({
  tgGuardedWorld: z.literal(1).default(1),
  users: z.array(userPlan).default([]),
  groups: z.array(groupPlan).default([]),
  supergroups: z.array(supergroupPlan).default([]),
  channels: z.array(channelPlan).default([]),
  privateChats: z.array(privatePlan).default([]),
});

export type WorldPlan = z.output<typeof worldPlan>;
export type UserPlan = z.output<typeof userPlan>;
export type AccountPlan = NonNullable<UserPlan["account"]>;
export type MessagePlan = z.output<typeof messagePlan>;
export type GroupPlan = z.output<typeof groupPlan>;
export type SupergroupPlan = z.output<typeof supergroupPlan>;
export type ChannelPlan = z.output<typeof channelPlan>;
export type Reference = z.output<typeof reference>;
