import type * as Tl from "../tl/types.js";
import { personNamed, viewChat, type ChatView } from "./chat-view.js";
import type { Conversation } from "./chat.js";
import { deliver } from "./deliver.js";
import { withDetected } from "./entities.js";
import type { ButtonAnswer } from "./message.js";
import type { Media } from "./media.js";
import { userPeer } from "./peer.js";
import { newMessageUpdates } from "./present/updates.js";
import type { World } from "./world.js";

/** What somebody else writes. */
export interface Posting {
  /** A user id, `@username` or full name. Not needed in channels, nor for the other one in a private chat. */
  readonly from?: number | string;
  readonly text: string;
  readonly entities?: readonly Tl.TypeMessageEntity[];
  /** An id as the chat's view has it. */
  readonly replyTo?: number;
  readonly media?: Media;
  readonly replyMarkup?: Tl.TypeReplyMarkup | undefined;
  readonly buttonAnswers?: Readonly<Record<string, ButtonAnswer>> | undefined;
  readonly silent?: boolean;
  /** The topic of a forum. */
  readonly topic?: number;
  /** Nobody is told: the next update shows a gap, as when one is lost on the way. */
  readonly unannounced?: boolean;
}

export function post(world: World, chat: number | string, posting: Posting): number {
  const view = viewChat(world, chat);
  const from = senderOf(world, view, posting.from);
  const deliveries = deliver(
    world,
    conversationOf(world, view),
    {
      date: Math.floor(world.now() / 1000),
      text: posting.text,
      entities: posting.entities ?? withDetected(posting.text),
      replyMarkup: posting.replyMarkup,
      buttonAnswers: posting.buttonAnswers,
      silent: posting.silent,
      replyTo: posting.replyTo,
      media: posting.media,
      topId: posting.topic,
      from: from === undefined ? undefined : userPeer(from),
      reach: from === undefined ? { views: 1, forwards: 0 } : undefined,
    },
    view.owner,
  );
  for (const delivery of posting.unannounced ? [] : deliveries)
    world.onUpdates?.(delivery.accountId, newMessageUpdates(world, delivery));
  const own = deliveries.find((delivery) => delivery.accountId === view.owner);
  return own?.message.id ?? world.channels.get(view.peer.id)?.history.highestId ?? 0;
}

function senderOf(world: World, view: ChatView, from: number | string | undefined): number | undefined {
  if (view.kind === "channel") return undefined;
  if (from === undefined && view.kind === "user") return view.peer.id;
  if (from === undefined) throw new Error("say who writes: `from` is missing");
  return personIn(world, from);
}

/**
 * The id of somebody named by id, `@name` or full name.
 *
 * @throws Error when there is nobody of that name
 */
export function personIn(world: World, who: number | string): number {
  const id = personNamed(world, who);
  if (id === undefined) throw new Error(`this world has no user ${who}`);
  return id;
}

function conversationOf(world: World, view: ChatView): Conversation {
  if (view.peer.kind === "user") return { kind: "private", between: [view.owner ?? view.peer.id, view.peer.id] };
  const chat = view.peer.kind === "chat" ? world.groups.get(view.peer.id) : world.channels.get(view.peer.id);
  if (!chat) throw new Error(`this world has no chat ${view.peer.id}`);
  return chat;
}
