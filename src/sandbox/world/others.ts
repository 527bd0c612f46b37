import type * as Tl from "../tl/types.js";
import { historyOf, viewChat, type ChatView } from "./chat-view.js";
import type { Channel } from "./chat.js";
import { peerKey, tlPeer, userPeer } from "./peer.js";
import { pollIn, tellPoll } from "./poll-state.js";
import { personIn } from "./post.js";
import { chosen, reactInChannel, reactOnCopies } from "./react.js";
import { tellAll, tellOf } from "./told.js";
import type { Message } from "./message.js";
import type { World } from "./world.js";

interface Place {
  readonly view: ChatView;
  readonly message: Message;
  readonly channel: Channel | undefined;
}

/** @throws Error when there is no such message */
function messageAt(world: World, chat: number | string, id: number): Place {
  const view = viewChat(world, chat);
  const message = historyOf(world, view.peer).history.byId(id);
  if (!message) throw new Error(`${view.title} has no message ${id}`);
  return { view, message, channel: view.peer.kind === "channel" ? world.channels.get(view.peer.id) : undefined };
}

const seconds = (world: World): number => Math.floor(world.now() / 1000);

/** Somebody reacts to a message, or takes his reaction back. @param id as the chat's view has it */
export function reactAs(world: World, chat: number | string, id: number, who: number | string, emoji?: string): void {
  const { message, channel } = messageAt(world, chat, id);
  const choice: Tl.TypeReaction[] = emoji === undefined ? [] : [{ _: "reactionEmoji", emoticon: emoji }];
  const reactions = chosen(message.reactions, userPeer(personIn(world, who)), choice, seconds(world));
  const reacted = { ...message, reactions };
  tellAll(world, channel ? reactInChannel(world, channel, reacted) : reactOnCopies(world, reacted));
}

/** Somebody chooses answers of a poll, by their texts; none takes his vote back. */
export function voteAs(
  world: World,
  chat: number | string,
  id: number,
  who: number | string,
  answers: readonly string[],
): void {
  const { view, message, channel } = messageAt(world, chat, id);
  const poll = pollIn(world, message);
  if (!poll) throw new Error(`message ${id} of ${view.title} is no poll`);
  const options = answers.map((text) => {
    const found = poll.tl.answers.find((answer) => answer.text.text === text);
    if (!found) throw new Error(`the poll has no answer ${JSON.stringify(text)}`);
    return found.option;
  });
  poll.vote(personIn(world, who), options, seconds(world));
  tellAll(world, tellPoll(world, channel, message, poll));
}

/** The other one in a private chat has read what an account wrote to him. */
export function readByOther(world: World, chat: number | string): void {
  const view = viewChat(world, chat);
  const viewer = view.owner === undefined ? undefined : world.mailbox(view.owner);
  const dialog = viewer?.dialogs.get(peerKey(view.peer));
  if (!viewer || !dialog || view.peer.kind !== "user") throw new Error(`${view.title} is no private chat`);
  const max_id = dialog.history.highestId;
  if (max_id <= dialog.readOutbox) return;
  dialog.readOutbox = max_id;
  const pts = viewer.journal.record(1, { kind: "read-outbox", peer: view.peer, maxId: max_id });
  const update = { _: "updateReadHistoryOutbox", peer: tlPeer(view.peer), max_id, pts, pts_count: 1 } as const;
  tellAll(world, [tellOf(world, viewer, view.peer, update)]);
}
