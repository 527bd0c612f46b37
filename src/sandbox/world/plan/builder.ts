import type { z } from "zod";
import { idOf } from "./people.js";
import type {
  channelPlan,
  groupPlan,
  messagePlan,
  privatePlan,
  supergroupPlan,
  topicPlan,
  userPlan,
} from "./schema.js";

/** A person. Whoever has an `account` can log in; `true` stands for the code 22222 and no password. */
export type NewUser = z.input<typeof userPlan>;
/** A bot. It can log in by its `token`, which is made up where none is given: `sandbox.world.bots` tells it. */
export interface NewBot extends Omit<NewUser, "bot" | "account" | "phone" | "presence"> {
  readonly token?: string;
  readonly commands?: readonly { readonly command: string; readonly description: string }[];
  /** It has no privacy mode: it reads everything in its groups. */
  readonly readsAll?: boolean;
  /** It can be asked in any chat; this is what clients show in the empty input field. */
  readonly inline?: string;
}
/** A message. In a chat between two it is the other one's, unless it says `from`; a channel's posts need nobody. */
export type NewMessage = z.input<typeof messagePlan>;
/** A basic group. */
export type NewGroup = Omit<z.input<typeof groupPlan>, "messages">;
/** A supergroup, or a forum. */
export type NewSupergroup = Omit<z.input<typeof supergroupPlan>, "messages" | "topics">;
/** A channel. */
export type NewChannel = Omit<z.input<typeof channelPlan>, "messages">;
/** A topic of a forum. */
export type NewTopic = Omit<z.input<typeof topicPlan>, "messages">;
/** What is special about a chat between two. */
export type NewPrivateChat = Omit<z.input<typeof privatePlan>, "between" | "messages">;

/** A chat that messages can be added to. */
export interface Posts {
  /** A minute after the one before, unless it says when. Gives what `replyTo` of a later one takes. */
  readonly post: (message: NewMessage | string) => string;
}

/** A forum: topics can be added to it, and messages to the topic General. */
export interface Topics extends Posts {
  /** Adds a topic, and gives how it is written into. */
  readonly topic: (topic: NewTopic) => Posts;
}

/**
 * Describes a world for a test. People come before what names them: {@link WorldBuilder.user} gives the id by which all else
 * knows them; usernames do as well.
 *
 * @example
 * ```ts
 * import { startSandbox } from "tg-guarded/testing";
 *
 * await using sandbox = await startSandbox({
 *   world(world) {
 *     const lina = world.user({ firstName: "Lina", account: true });
 *     const club = world.supergroup({ title: "Book club", username: "book_club", creator: lina });
 *     const question = club.post({ from: lina, text: "Has anybody read it?" });
 *     club.post({ from: lina, text: "Twice", replyTo: question });
 *   },
 * });
 * console.log([...sandbox.world.chat("@book_club").messages()].at(-1)?.text); // Twice
 * ```
 */
export interface WorldBuilder {
  /** Adds a person, and gives the id. */
  readonly user: (user: NewUser) => number;
  /** A bot that can log in. */
  readonly bot: (bot: NewBot) => number;
  /** Adds a basic group. */
  readonly group: (group: NewGroup) => Posts;
  /** Adds a supergroup. */
  readonly supergroup: (supergroup: NewSupergroup) => Posts;
  /** A supergroup whose messages lie in topics. */
  readonly forum: (forum: NewSupergroup) => Topics;
  /** Adds a channel. */
  readonly channel: (channel: NewChannel) => Posts;
  /** A chat between two, of whom one has an account. */
  readonly privateChat: (one: number | string, other: number | string, options?: NewPrivateChat) => Posts;
}

/** As long as Telegram's. */
const MADE_UP_SECRET = "AAsandbox_bots_have_no_secrets_here";

/** The lists of a world file. */
interface Described {
  readonly users: z.input<typeof userPlan>[];
  readonly groups: z.input<typeof groupPlan>[];
  readonly supergroups: z.input<typeof supergroupPlan>[];
  readonly channels: z.input<typeof channelPlan>[];
  readonly privateChats: z.input<typeof privatePlan>[];
}

/** What was described, as a world file would. */
export function describedBy(describe: (world: WorldBuilder) => void): Described {
  const described: Described = { users: [], groups: [], supergroups: [], channels: [], privateChats: [] };
  const { users, groups, supergroups, channels, privateChats } = described;
  describe({
    user(user) {
      const id = idOf(user, users.length);
      users.push({ ...user, id });
      return id;
    },
    bot({ token: given, commands = [], readsAll = false, inline, ...user }) {
      const id = idOf({ ...user, ...(given === undefined ? {} : { bot: { token: given } }) }, users.length);
      const token = given ?? `${id}:${MADE_UP_SECRET}`;
      users.push({ ...user, id, bot: { token, commands: [...commands], readsAll, ...(inline ? { inline } : {}) } });
      return id;
    },
    group: (group) => adding(groups, (messages) => ({ ...group, messages })),
    supergroup: (supergroup) => adding(supergroups, (messages) => ({ ...supergroup, messages })),
    channel: (channel) => adding(channels, (messages) => ({ ...channel, messages })),
    privateChat: (one, other, options = {}) =>
      adding(privateChats, (messages) => ({ ...options, between: pair(one, other), messages })),
    forum(forum) {
      const topics: z.input<typeof topicPlan>[] = [];
      const posts = adding(supergroups, (messages) => ({ ...forum, topics, messages }));
      return { ...posts, topic: (topic) => adding(topics, (messages) => ({ ...topic, messages })) };
    },
  });
  return described;
}

const pair = (one: number | string, other: number | string): [number | string, number | string] => [one, other];

/** Adds a chat to the others, and gives how it is added to. */
function adding<T>(chats: T[], chat: (messages: NewMessage[]) => T): Posts {
  const messages: NewMessage[] = [];
  chats.push(chat(messages));
  return {
    post(message) {
      const plan = typeof message === "string" ? { text: message } : message;
      const label = plan.label ?? `message ${messages.length + 1}`;
      messages.push({ ...plan, label });
      return label;
    },
  };
}
