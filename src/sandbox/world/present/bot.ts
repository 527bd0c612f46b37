import type * as Tl from "../../tl/types.js";
import type { User } from "../users.js";
import type { World } from "../world.js";

/** Where a bot's commands are shown: the scopes that count there, the narrowest first (core.telegram.org/api/bots/commands). */
export type Shown = { readonly to: number; readonly in?: "group" | "private"; readonly peer?: string };

function scopesFor({ to, in: place = "private", peer }: Shown): readonly string[] {
  const here = peer === undefined ? [] : [`botCommandScopePeerUser ${peer} ${to}`, `botCommandScopePeer ${peer}`];
  return [...here, place === "group" ? "botCommandScopeChats" : "botCommandScopeUsers", "botCommandScopeDefault"];
}

function commandsOf(world: World, { id, commands = [] }: User, shown: Shown): readonly Tl.TypeBotCommand[] {
  for (const scope of scopesFor(shown)) {
    const set = world.botSettings.commands(id, scope, "");
    if (set) return set;
  }
  return commands.map((one) => ({ _: "botCommand", ...one }));
}

/** What a bot tells of itself to those who have a chat with it. */
export function presentBot(world: World, bot: User, shown: Shown): Tl.botInfo {
  const { description } = world.botSettings.of(bot.id);
  const commands = commandsOf(world, bot, shown);
  return {
    _: "botInfo",
    user_id: BigInt(bot.id),
    description: description ?? bot.about,
    commands: commands.length > 0 ? commands : undefined,
    menu_button: world.botSettings.menuFor(bot.id, shown.to),
  };
}
