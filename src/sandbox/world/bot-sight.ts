import type { Channel, Group } from "./chat.js";
import { fromPlace, type History } from "./history.js";
import { mayManage } from "./members.js";
import { mentions } from "./mention.js";
import type { Message } from "./message.js";
import type { World } from "./world.js";

type Seen = Omit<Message, "id"> & { readonly id?: number | undefined };

/** How far back is looked for the bot that wrote last. */
const REACH = 200;

const COMMAND = /^\/\w+(?:@(?<bot>\w+))?/;

/** Whether a command is for this bot: one without a name is for the bot that wrote last. */
function isCommanded(world: World, bot: number, { text, id }: Seen, history: History | undefined): boolean {
  const command = COMMAND.exec(text);
  if (!command) return false;
  const name = command.groups?.["bot"];
  if (name !== undefined) return world.users.get(bot)?.username?.toLowerCase() === name.toLowerCase();
  let left = REACH;
  const place = id === undefined ? 0 : history?.placeBelow(id);
  for (const { from, action } of history ? fromPlace(history, place) : []) {
    if (from?.kind === "user" && !action && world.isBot(from.id)) return from.id === bot;
    if (--left === 0) break;
  }
  return true;
}

/**
 * Whether a member of a group gets a message. Everybody does but bots: these never see what other bots write, and in privacy
 * mode only what is meant for them (core.telegram.org/bots/features#privacy-mode).
 */
export function sees(world: World, member: number, chat: Group | Channel, message: Seen, history?: History): boolean {
  const user = world.users.get(member);
  if (!user?.bot || chat.kind === "channel" || message.action) return true;
  if (message.from?.kind === "user" && message.from.id === member) return true;
  if (message.from?.kind === "user" && world.isBot(message.from.id)) return false;
  if (user.readsAll || mayManage(chat.members.get(member)) || message.viaBot === member) return true;
  return isCommanded(world, member, message, history) || mentions(world, { ...message, id: 0 }, member);
}
