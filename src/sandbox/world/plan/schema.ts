import { z } from "zod";
import type { AdminRight, Denial } from "../members.js";
import { flagsOf } from "./flags.js";

/** Who or what is meant: an id, an @username, or a full name or title. */
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
  code: z
    .string()
    .regex(/^\d{5}$/, "must be five digits")
    .default("22222"),
  password: z.string().min(1).exactOptional(),
  hint: z.string().exactOptional(),
  email: z.string().exactOptional(),
  contacts: z.array(reference).default([]),
  blocked: z.array(reference).default([]),
  privacy: z
    .strictObject({
      ...{ invitations: audience, forwards: audience, lastSeen: audience, phone: audience, byPhone: audience },
      ...{ photo: audience, about: audience, calls: audience, voices: audience },
    })
    .default({}),
  pinned: z.array(reference).default([]),
  muted: z.array(reference).default([]),
  archived: z.array(reference).default([]),
});

export const userPlan = z.strictObject({
  id: z.int().positive().exactOptional(),
  firstName: z.string(),
  lastName: z.string().exactOptional(),
  username: username.exactOptional(),
  phone: z
    .string()
    .regex(/^\d{5,15}$/, "must be digits alone")
    .exactOptional(),
  about: z.string().exactOptional(),
  photo: z.literal(true).exactOptional(),
  bot: z
    .union([
      z.boolean(),
      z.strictObject({
        commands: z.array(z.strictObject({ command: z.string().min(1), description: z.string() })).exactOptional(),
        token: z.string().regex(TOKEN, "must be the bot's id, a colon, and letters, digits, _ and -").exactOptional(),
        readsAll: z.boolean().exactOptional(),
        inline: z.string().exactOptional(),
      }),
    ])
    .exactOptional(),
  verified: z.boolean().exactOptional(),
  premium: z.boolean().exactOptional(),
  deleted: z.boolean().exactOptional(),
  presence: z
    .union([z.enum(["online", "recently", "last-week", "last-month"]), z.strictObject({ lastSeen: moment })])
    .exactOptional(),
  account: z.union([z.literal(true).transform(() => account.parse({})), account]).exactOptional(),
});

const poll = z.strictObject({
  question: z.string().min(1),
  answers: z.array(z.string().min(1)).min(2).max(10),
  multiple: z.boolean().exactOptional(),
  public: z.boolean().exactOptional(),
  closed: z.boolean().exactOptional(),
  correct: count.exactOptional(),
  solution: z.string().exactOptional(),
  votes: z.record(z.string(), z.array(reference)).default({}),
});

const media = z.union(
  [
    z.strictObject({ photo: z.literal(true) }),
    z.strictObject({ file: z.string().min(1), sizeBytes: count.default(10_000) }),
    z.strictObject({ file: z.string().min(1), content: z.string() }),
    z.strictObject({ voiceSeconds: z.int().min(1) }),
    z.strictObject({ videoSeconds: z.int().min(1) }),
    z.strictObject({ sticker: z.string().min(1) }),
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
    data: z.string().min(1).max(64),
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
  from: reference.exactOptional(),
  text: z.string().default(""),
  markup: z.boolean().default(false),
  date: moment.exactOptional(),
  label: z.string().min(1).exactOptional(),
  replyTo: z.string().min(1).exactOptional(),
  media: media.exactOptional(),
  service: service.exactOptional(),
  buttons: z.array(z.array(button)).exactOptional(),
  forwardedFrom: z.union([reference, z.strictObject({ name: z.string().min(1) })]).exactOptional(),
  viaBot: reference.exactOptional(),
  author: z.string().exactOptional(),
  protected: z.boolean().exactOptional(),
  pinned: z.boolean().exactOptional(),
  silent: z.boolean().exactOptional(),
  views: count.exactOptional(),
  forwards: count.exactOptional(),
  editDate: moment.exactOptional(),
  album: z.int().min(1).exactOptional(),
  reactions: z.record(z.string().min(1), z.array(reference)).exactOptional(),
});

export const topicPlan = z.strictObject({
  title: z.string().min(1),
  by: reference.exactOptional(),
  closed: z.boolean().exactOptional(),
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
  id: z.int().positive().exactOptional(),
  title: z.string().min(1),
  about: z.string().exactOptional(),
  date: moment.exactOptional(),
  creator: reference.exactOptional(),
  admins: z.array(admin).default([]),
  members: z.array(reference).default([]),
  messages: z.array(messagePlan).default([]),
  unread: count.default(0),
  photo: z.literal(true).exactOptional(),
  denied: denials.exactOptional(),
  protected: z.boolean().exactOptional(),
};

const publicOnes = {
  username: username.exactOptional(),
  verified: z.boolean().exactOptional(),
  banned: z.array(reference).default([]),
  restricted: z
    .array(z.strictObject({ who: reference, denied: denials.min(1), until: moment.exactOptional() }))
    .default([]),
};

export const groupPlan = z.strictObject(common);
export const supergroupPlan = z.strictObject({
  ...{ ...common, ...publicOnes },
  slowModeSeconds: count.exactOptional(),
  hidesMembers: z.boolean().exactOptional(),
  joinRequest: z.boolean().exactOptional(),
  migratedFrom: reference.exactOptional(),
  topics: z.array(topicPlan).exactOptional(),
});
export const channelPlan = z.strictObject({
  ...{ ...common, ...publicOnes },
  signatures: z.boolean().exactOptional(),
  discussion: reference.exactOptional(),
});
export const privatePlan = z.strictObject({
  between: z.tuple([reference, reference]),
  messages: z.array(messagePlan).default([]),
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
