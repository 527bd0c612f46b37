import type { Channel } from "./chat.js";
import { historyOf, viewChat } from "./chat-view.js";
import { eraseCopies, eraseFrom, eraseInChannel } from "./erase.js";
import { withDetected } from "./entities.js";
import { reviseCopies, reviseInChannel, revisedUpdates } from "./revise.js";
import { tellAll, type Told } from "./told.js";
import type { World } from "./world.js";

/** Its author changes a message. @param id as the chat's view has it */
export function editText(world: World, chat: number | string, id: number, text: string): void {
  const view = viewChat(world, chat);
  const message = historyOf(world, view.peer).history.byId(id);
  if (!message || message.action) throw new Error(`${view.title} has no message ${id} to edit`);
  const editDate = Math.floor(world.now() / 1000);
  const edited = { ...message, text, entities: withDetected(text), editDate };
  const channel = view.peer.kind === "channel" ? world.channels.get(view.peer.id) : undefined;
  const author = message.from?.kind === "user" ? message.from.id : creatorOf(channel);
  const told = channel ? reviseInChannel(world, channel, edited, author) : reviseCopies(world, edited);
  for (const one of told) world.onUpdates?.(one.viewer.accountId, revisedUpdates(world, one));
}

/** Messages are deleted for everybody. */
export function deleteMessages(world: World, chat: number | string, ids: readonly number[]): void {
  const view = viewChat(world, chat);
  const channel = view.peer.kind === "channel" ? world.channels.get(view.peer.id) : undefined;
  const told = channel
    ? eraseInChannel(world, channel, ids, creatorOf(channel)).told
    : eraseEverywhere(world, view.owner, ids);
  tellAll(world, told);
}

/** Whose deed it is where nobody is named. */
const creatorOf = (channel: Channel | undefined): number => channel?.members.managers()[0]?.userId ?? 0;

function eraseEverywhere(world: World, owner: number | undefined, ids: readonly number[]): Told[] {
  const mailbox = owner === undefined ? undefined : world.mailbox(owner);
  if (!mailbox) return [];
  return [...eraseCopies(world, mailbox, ids), ...eraseFrom(world, mailbox, ids).told];
}
