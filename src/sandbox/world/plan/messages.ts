import type { Conversation } from "../chat.js";
import { deliver } from "../deliver.js";
import { readMarkup } from "../demo/markup.js";
import { withDetected } from "../entities.js";
import type { Draft, Forward, Reaction } from "../message.js";
import { channelPeer, userPeer } from "../peer.js";
import type { Agenda } from "../demo/agenda.js";
import type { World } from "../world.js";
import { actionOf } from "./actions.js";
import { answersOf, markupOf } from "./buttons.js";
import { channelNamed } from "./chats.js";
import { within, wrong } from "./fault.js";
import { mediaOf } from "./media.js";
import { personOf } from "./people.js";
import type { MessagePlan } from "./schema.js";

/** Where messages go, and when the first one that says no time is written. */
export interface Place {
  readonly world: World;
  readonly agenda: Agenda;
  readonly to: Conversation;
  /** Where the chat stands in the description. */
  readonly path: string;
  /** Seconds of Unix time. */
  readonly begins: number;
  /** The topic they lie in, known once it is their time. */
  readonly topic?: () => number | undefined;
  /** Who writes what names nobody; in a channel nobody has to. */
  readonly writer?: number;
}

const STEP_SECONDS = 60;

/** Plans the messages of a chat: each a minute after the one before, unless it says when. */
export function planMessages(place: Place, messages: readonly MessagePlan[]): void {
  const { world, agenda, to } = place;
  const labelled = new Map<string, number>();
  let date = place.begins;
  messages.forEach((message, index) => {
    const path = `${place.path}.messages[${index}]`;
    date = message.date ?? date + STEP_SECONDS;
    const at = date;
    // Everything that a message may name stands by then.
    agenda.at(at, () => {
      const draft = within(path, () => draftOf(place, message, at));
      const replyTo = within(path, () => labelOf(labelled, message));
      const [first] = deliver(world, to, { ...draft, replyTo, topId: place.topic?.() });
      const last = to.kind === "private" || to.kind === "group" ? 0 : to.history.highestId;
      if (message.label !== undefined) labelled.set(message.label, first?.message.id ?? last);
    });
  });
}

/** The message that is answered, or that a service message is about. */
function labelOf(labelled: ReadonlyMap<string, number>, { replyTo, service }: MessagePlan): number | undefined {
  const label = replyTo ?? (service && "pinned" in service ? service.pinned : undefined);
  if (label === undefined) return undefined;
  const id = labelled.get(label);
  if (id === undefined) throw wrong(`no earlier message of the chat is labelled ${JSON.stringify(label)}`);
  return id;
}

function draftOf({ world, to, writer }: Place, message: MessagePlan, date: number): Draft {
  const { text, markup, pinned, silent, editDate, album, service, buttons, viaBot } = message;
  const from = message.from === undefined ? writer : personOf(world, message.from);
  if (from === undefined && to.kind !== "channel") throw wrong("a message of a chat must say who writes it: from");
  const isPost = to.kind === "channel" && message.from === undefined;
  const { views = isPost && !service ? 1 : undefined, forwards } = message;
  return {
    date,
    from: isPost || from === undefined ? undefined : userPeer(from),
    ...(markup ? readMarkup(text) : { text, entities: withDetected(text) }),
    media: message.media && mediaOf(world, message.media, date),
    action: service && actionOf(world, service, from ?? 0),
    ...(service && "newPhoto" in service ? { media: mediaOf(world, { photo: true }, date) } : {}),
    replyMarkup: buttons && markupOf(buttons),
    buttonAnswers: buttons && answersOf(buttons),
    forward: message.forwardedFrom === undefined ? undefined : forwardOf(world, message.forwardedFrom, date),
    viaBot: viaBot === undefined ? undefined : personOf(world, viaBot),
    postAuthor: message.author,
    noForwards: message.protected,
    ...{ pinned, silent, editDate },
    groupedId: album === undefined ? undefined : BigInt(album),
    reach: views === undefined && forwards === undefined ? undefined : { views: views ?? 0, forwards: forwards ?? 0 },
    reactions: message.reactions && reactionsOf(world, message.reactions, date),
  };
}

/** A person, a channel, or a name that leads nowhere. */
function forwardOf(world: World, from: NonNullable<MessagePlan["forwardedFrom"]>, date: number): Forward {
  if (typeof from === "object") return { name: from.name, date };
  const channel = channelNamed(world, from);
  return { from: channel ? channelPeer(channel.id) : userPeer(personOf(world, from)), date };
}

const reactionsOf = (world: World, plan: NonNullable<MessagePlan["reactions"]>, date: number): readonly Reaction[] =>
  Object.entries(plan).map(([emoticon, people]) => ({
    reaction: { _: "reactionEmoji", emoticon },
    count: people.length,
    recent: people.map((who) => ({ from: userPeer(personOf(world, who)), date })),
  }));
