import type { z } from "zod";
import { personNamed } from "../chat-view.js";
import { addServiceUser } from "../service-chat.js";
import type { User } from "../users.js";
import type { World } from "../world.js";
import { wrong, within } from "./fault.js";
import { photograph } from "./photograph.js";
import type { AccountPlan, Reference, UserPlan, userPlan } from "./schema.js";

/** Ids and numbers of those who were given none. */
const FIRST_USER_ID = 7_000_000_001;
/** Telegram's own numbers for tests begin so (core.telegram.org/api/auth#test-accounts). */
const FIRST_PHONE = 9_996_621_001;

/** Everybody comes first: chats and contacts name them. */
export function addPeople(world: World, users: readonly UserPlan[]): void {
  addServiceUser(world);
  users.forEach((plan, place) => {
    within(`users[${place}]`, () => {
      const user = userOf(world, plan, place);
      checkNew(world, user);
      if (plan.account === undefined) world.users.add(user);
      else addAccount(world, user, place, plan.account);
    });
  });
  // Behind all people: a private chat with a bot is looked at from the other side.
  users.forEach((plan, place) => {
    within(`users[${place}].bot`, () => {
      addBot(world, plan, place);
    });
  });
  users.forEach((plan, place) => {
    const { account } = plan;
    if (!account) return;
    within(`users[${place}].account`, () => {
      relate(world, idOf(plan, place), account);
    });
  });
}

/** The id of somebody who may have been given none: a bot's stands in its token. */
export const idOf = ({ id, bot }: Pick<NewPerson, "id" | "bot">, place: number): number =>
  id ?? idInToken(bot) ?? FIRST_USER_ID + place;

type NewPerson = z.input<typeof userPlan>;

function idInToken(bot: NewPerson["bot"]): number | undefined {
  const token = typeof bot === "object" ? bot.token : undefined;
  return token === undefined ? undefined : Number(token.split(":")[0]);
}

/** A bot with a token can log in. */
function addBot(world: World, plan: UserPlan, place: number): void {
  const user = world.users.get(idOf(plan, place));
  const token = typeof plan.bot === "object" ? plan.bot.token : undefined;
  if (token === undefined || !user) return;
  if (idInToken(plan.bot) !== user.id) throw wrong(`the token must begin with the bot's id, ${user.id}`);
  if (plan.account !== undefined) throw wrong("a bot logs in by its token, and has no account");
  world.addBot(user, token);
}

function checkNew(world: World, { id, username, phone }: User): void {
  if (world.users.get(id)) throw wrong(`two users have the id ${id}`);
  if (username !== undefined && world.users.byUsername(username)) throw wrong(`two users are called @${username}`);
  if (phone !== undefined && world.users.byPhone(phone)) throw wrong(`two users have the number ${phone}`);
}

/** What an account thinks of the others. */
function relate(world: World, id: number, { contacts, blocked, privacy }: AccountPlan): void {
  for (const who of contacts) world.mailbox(id)?.contacts.add(personOf(world, who));
  for (const who of blocked) world.relations.block(id, personOf(world, who), 0);
  world.relations.setPrivacy(id, privacy);
}

function userOf(world: World, plan: UserPlan, place: number): User {
  const id = idOf(plan, place);
  const { firstName, lastName, username, phone, about } = plan;
  const { verified, premium, deleted, presence } = plan;
  const bot = plan.bot !== undefined && plan.bot !== false ? true : undefined;
  const { commands, readsAll, inline: inlinePlaceholder } = typeof plan.bot === "object" ? plan.bot : {};
  const photos = plan.photo ? [photograph(world, 0)] : undefined;
  return {
    id,
    firstName,
    lastName,
    username,
    phone,
    about,
    bot,
    commands,
    readsAll,
    inlinePlaceholder,
    verified,
    premium,
    deleted,
    presence,
    photos,
  };
}

function addAccount(world: World, user: User, place: number, plan: AccountPlan): void {
  const { code, password, hint, email } = plan;
  const phone = user.phone ?? String(FIRST_PHONE + place);
  world.addAccount({ ...user, phone }, { code, password, hint, email });
}

/** @throws SandboxError where nobody is called so */
export function personOf(world: World, who: Reference): number {
  const id = personNamed(world, who);
  if (id !== undefined) return id;
  throw wrong(`nobody is called ${JSON.stringify(who)}`);
}
