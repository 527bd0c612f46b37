import type * as Tl from "../../tl/types.js";
import { peerKey } from "../../world/peer.js";
import { presentBot } from "../../world/present/bot.js";
import { tellOf } from "../../world/told.js";
import type { User } from "../../world/users.js";
import type { Handlers, RequestContext } from "../handler.js";
import { notServed, refuse } from "./refuse.js";
import { peerOf, selfOf, targetOf, userOf } from "./resolve.js";

/** core.telegram.org/bots/api#botcommand */
const COMMAND = /^[a-z0-9_]{1,32}$/;
const LONGEST_DESCRIPTION = 256;
const MOST_COMMANDS = 100;
const LANGUAGE = /^([a-z]{2})?$/;

/** The name of a scope, with whom it is about. @throws PEER_ID_INVALID, USER_ID_INVALID */
function scopeName(context: RequestContext, scope: Tl.TypeBotCommandScope): string {
  if (!("peer" in scope)) return scope._;
  const peer = peerKey(peerOf(targetOf(context, scope.peer)));
  return scope._ === "botCommandScopePeerUser"
    ? `${scope._} ${peer} ${userOf(context, scope.user_id).id}`
    : `${scope._} ${peer}`;
}

/** @throws BOT_COMMAND_INVALID, BOT_COMMAND_DESCRIPTION_INVALID */
function checkCommands(commands: readonly Tl.TypeBotCommand[]): void {
  if (commands.length > MOST_COMMANDS) throw refuse("BOT_COMMANDS_TOO_MUCH");
  for (const { command, description } of commands) {
    if (!COMMAND.test(command)) throw refuse("BOT_COMMAND_INVALID");
    const length = description.trim().length;
    if (length === 0 || length > LONGEST_DESCRIPTION) throw refuse("BOT_COMMAND_DESCRIPTION_INVALID");
  }
}

function checkLanguage(code: string): void {
  if (!LANGUAGE.test(code)) throw refuse("LANG_CODE_INVALID");
}

/** Whoever has a chat with the bot hears of its commands. */
function tellCommands(context: RequestContext): void {
  const { world, account } = context;
  const bot = selfOf(context);
  const peer = { kind: "user", id: bot.id } as const;
  for (const viewer of world.mailboxes()) {
    if (viewer.accountId === bot.id || !viewer.dialogs.has(peerKey(peer))) continue;
    const { commands = [] } = presentBot(world, bot, { to: viewer.accountId, peer: `user:${viewer.accountId}` });
    const update = { _: "updateBotCommands", peer: { _: "peerUser", user_id: BigInt(account.id) } } as const;
    const told = tellOf(world, viewer, peer, { ...update, bot_id: BigInt(bot.id), commands });
    context.push(world.account(viewer.accountId), told.updates);
  }
}

/** The bot that a request is about: the one that asks, unless its owner names it. */
function botOf(context: RequestContext, input: Tl.TypeInputUser | undefined): User {
  const bot = input ? userOf(context, input) : selfOf(context);
  if (!bot.bot || bot.id !== context.account.id) throw refuse("BOT_INVALID");
  return bot;
}

/** What bots set about themselves. Languages are kept apart, and what has none is what is shown here. */
export const botSettings = {
  "bots.setBotCommands": ({ scope, lang_code, commands }, context) => {
    checkLanguage(lang_code);
    checkCommands(commands);
    const name = scopeName(context, scope);
    context.world.botSettings.setCommands(context.account.id, name, lang_code, commands);
    tellCommands(context);
    return true;
  },
  "bots.resetBotCommands": ({ scope, lang_code }, context) => {
    checkLanguage(lang_code);
    context.world.botSettings.setCommands(context.account.id, scopeName(context, scope), lang_code);
    tellCommands(context);
    return true;
  },
  "bots.getBotCommands": ({ scope, lang_code }, context) => {
    checkLanguage(lang_code);
    return [...(context.world.botSettings.commands(context.account.id, scopeName(context, scope), lang_code) ?? [])];
  },
  "bots.setBotInfo": ({ bot: input, lang_code, name, about, description }, context) => {
    const bot = botOf(context, input);
    checkLanguage(lang_code);
    if (lang_code !== "") throw notServed();
    if (name !== undefined && name.trim() === "") throw refuse("FIRSTNAME_INVALID");
    context.world.users.add({ ...bot, firstName: name ?? bot.firstName, about: about ?? bot.about });
    if (description !== undefined) context.world.botSettings.change(bot.id, { description });
    context.world.forgetBuilt();
    return true;
  },
  "bots.getBotInfo": ({ bot: input }, context) => {
    const bot = botOf(context, input);
    const { description = bot.about ?? "" } = context.world.botSettings.of(bot.id);
    return { _: "bots.botInfo", name: bot.firstName, about: bot.about ?? "", description };
  },
  "bots.setBotMenuButton": ({ user_id, button }, context) => {
    const { botSettings: settings } = context.world;
    if (user_id._ === "inputUserEmpty") settings.change(context.account.id, { menuButton: button });
    else settings.setMenuFor(context.account.id, userOf(context, user_id).id, button);
    return true;
  },
  "bots.getBotMenuButton": ({ user_id }, context) => {
    const user = user_id._ === "inputUserEmpty" ? 0 : userOf(context, user_id).id;
    return context.world.botSettings.menuFor(context.account.id, user) ?? { _: "botMenuButtonDefault" };
  },
  "bots.setBotGroupDefaultAdminRights": ({ admin_rights: groupRights }, context) => {
    context.world.botSettings.change(context.account.id, { groupRights });
    return true;
  },
  "bots.setBotBroadcastDefaultAdminRights": ({ admin_rights: broadcastRights }, context) => {
    context.world.botSettings.change(context.account.id, { broadcastRights });
    return true;
  },
  "help.setBotUpdatesStatus": () => true,
} satisfies Handlers;
