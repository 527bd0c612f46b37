import type * as Tl from "../../tl/types.js";
import type { Forward, Message } from "../../world/message.js";
import { channelPeer, userPeer } from "../../world/peer.js";
import { fullName } from "../../world/users.js";
import type { Handlers, RequestContext } from "../handler.js";
import { checkMaySend, checkMayWrite } from "./may-write.js";
import { sendOut, type Outgoing } from "./outgoing.js";
import { placementInTopic } from "./placement.js";
import { refuse } from "./refuse.js";
import { historyOf, isChannel, targetOf, type Target } from "./resolve.js";

const MOST_IDS = 100;

interface Chosen {
  readonly message: Message;
  readonly randomId: bigint;
}

/**
 * The messages to pass on; those that are not there are left out.
 *
 * @throws MESSAGE_IDS_EMPTY, RANDOM_ID_INVALID, LIMIT_INVALID, MESSAGE_ID_INVALID when nothing is left, CHAT_FORWARDS_RESTRICTED
 */
function chosen(context: RequestContext, from: Target, request: Tl.messages_forwardMessagesRequest): Chosen[] {
  const { id: ids, random_id: randomIds } = request;
  if (ids.length === 0) throw refuse("MESSAGE_IDS_EMPTY");
  if (ids.length > MOST_IDS) throw refuse("LIMIT_INVALID");
  if (ids.length !== randomIds.length) throw refuse("RANDOM_ID_INVALID");
  const history = historyOf(context, from);
  const found = ids.flatMap((id, index): Chosen[] => {
    const message = history.byId(id);
    return message && !message.action ? [{ message, randomId: randomIds[index] ?? 0n }] : [];
  });
  if (found.length === 0) throw refuse("MESSAGE_ID_INVALID");
  const isProtected = from.kind !== "user" && from.noForwards;
  if (isProtected || found.some(({ message }) => message.noForwards)) throw refuse("CHAT_FORWARDS_RESTRICTED");
  return found;
}

/** Where the message comes from first of all; somebody who hides his account is known by name alone. */
function origin(context: RequestContext, from: Target, message: Message): Forward {
  if (message.forward) return message.forward;
  const { date } = message;
  if (message.from?.kind !== "user") {
    const said = message.from ?? (isChannel(from) ? channelPeer(from.id) : undefined);
    return { from: said, date, post: message.from ? undefined : message.id };
  }
  const { world, account } = context;
  const { id } = message.from;
  const author = world.users.get(id);
  if (id === account.id || world.relations.allows(id, "forwards", account.id)) return { from: userPeer(id), date };
  return { name: author ? fullName(author) : "", date };
}

/** Counts on a post that it was passed on. */
function countForward(from: Target, { id }: Message): void {
  const message = isChannel(from) ? from.history.byId(id) : undefined;
  if (!isChannel(from) || !message?.reach) return;
  const reach = { ...message.reach, forwards: message.reach.forwards + 1 };
  from.history.replace({ ...message, reach });
}

function albums(context: RequestContext): (message: Message) => bigint | undefined {
  const fresh = new Map<bigint, bigint>();
  return ({ groupedId }) => {
    if (groupedId === undefined) return undefined;
    const id = fresh.get(groupedId) ?? context.world.files.nextId();
    fresh.set(groupedId, id);
    return id;
  };
}

export const forward = {
  "messages.forwardMessages": (request, context) => {
    const from = targetOf(context, request.from_peer);
    const target = targetOf(context, request.to_peer);
    checkMayWrite(context, target);
    const messages = chosen(context, from, request);
    const place = placementInTopic(context, target, request.top_msg_id);
    const albumOf = albums(context);
    const outgoing = messages.map(({ message, randomId }): Outgoing => {
      const { text, entities, media, viaBot } = message;
      checkMaySend(context, target, media);
      const bare = media !== undefined && request.drop_media_captions === true;
      const author = request.drop_author ? {} : { forward: origin(context, from, message), viaBot };
      const said = bare ? { text: "" } : { text, entities };
      return { content: { ...said, media, ...author, ...place, groupedId: albumOf(message) }, randomId };
    });
    const { updates } = sendOut(context, target, outgoing, request);
    for (const { message } of messages) countForward(from, message);
    return updates;
  },
} satisfies Handlers;
