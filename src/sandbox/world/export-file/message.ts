import type { Draft, Forward } from "../message.js";
import type { Peer } from "../peer.js";
import type { World } from "../world.js";
import { readAction } from "./actions.js";
import { readButtons } from "./buttons.js";
import { readMedia } from "./media.js";
import type { People } from "./people.js";
import type { ExportedMessage } from "./schema.js";
import { readReactions } from "./reactions.js";
import { readText } from "./text.js";

export interface Reading {
  readonly world: World;
  readonly people: People;
  /** The export's own path: media lie beside it. */
  readonly file: string;
}

/** Times without a zone are the exporting machine's; where the exact one is missing they are taken for UTC. */
const seconds = (exact: number | undefined, local: string): number => exact ?? Date.parse(`${local}Z`) / 1000;

/**
 * @param shift added to ids, which the export writes below zero for what a supergroup had before it was one
 * @param home whose posts these are, in a channel
 */
export function readMessage(reading: Reading, message: ExportedMessage, shift: number, home?: Peer): Draft {
  const date = seconds(message.date_unixtime, message.date);
  const from = senderOf(reading, message);
  const replied = repliedIn(message);
  const elsewhere = message.reply_to_peer_id;
  const isPost = home !== undefined && (from === undefined || from.kind === "channel");
  return {
    id: message.id + shift,
    date,
    from: isPost ? undefined : from,
    ...readText(message.text),
    replyTo: replied === undefined ? undefined : replied + (elsewhere === undefined ? shift : 0),
    replyPeer: elsewhere === undefined ? undefined : reading.people.peer(elsewhere, undefined),
    forward: forwardOf(reading, message, date),
    viaBot: message.via_bot ? reading.people.named(message.via_bot.replace(/^@/, ""), true) : undefined,
    media: readMedia(reading.world, reading.file, message, date),
    action: message.type === "service" ? readAction(reading.people, message, from?.id ?? 0) : undefined,
    editDate: message.edited === undefined ? undefined : seconds(message.edited_unixtime, message.edited),
    postAuthor: message.author,
    reactions: readReactions(reading.people, message),
    replyMarkup: readButtons(message),
    reach: isPost && message.type !== "service" ? { views: 1, forwards: 0 } : undefined,
  };
}

/** Some service messages name the message they are about. */
const repliedIn = (message: ExportedMessage): number | undefined =>
  message.message_id ?? message.game_message_id ?? message.invoice_message_id ?? message.reply_to_message_id;

function senderOf({ people }: Reading, message: ExportedMessage): Peer | undefined {
  const id = message.from_id ?? message.actor_id;
  return id === undefined || id === null ? undefined : people.peer(id, message.from ?? message.actor);
}

function forwardOf({ people }: Reading, message: ExportedMessage, date: number): Forward | undefined {
  const { forwarded_from: name, forwarded_from_id: id } = message;
  const savedFrom = message.saved_from ?? undefined;
  if (id !== undefined && id !== null) return { from: people.peer(id, name), date, savedFrom };
  return name === undefined ? undefined : { name: name ?? "Deleted Account", date, savedFrom };
}
