import type * as Tl from "../../tl/types.js";
import type { Message } from "../../world/message.js";
import { channelPeer, type Peer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { presentMessage } from "../../world/present/message.js";
import type { Handlers, RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { channelOf, historyOf, mailboxOf } from "./resolve.js";

const MOST_IDS = 100;

interface Found {
  readonly peer: Peer;
  readonly message: Message;
}

type Find = (id: number) => Found | undefined;

function idOf(input: Tl.TypeInputMessage, find: Find, pinned: number | undefined): number {
  switch (input._) {
    case "inputMessageID":
      return input.id;
    case "inputMessageReplyTo":
      return find(input.id)?.message.replyTo ?? 0;
    case "inputMessagePinned":
      return pinned ?? 0;
    default:
      return 0;
  }
}

function gather(
  context: RequestContext,
  inputs: readonly Tl.TypeInputMessage[],
  find: Find,
  cast: Cast,
  pinned?: number,
) {
  if (inputs.length === 0) throw refuse("MSG_ID_INVALID");
  if (inputs.length > MOST_IDS) throw refuse("LIMIT_INVALID");
  return inputs.map((input): Tl.TypeMessage => {
    const id = idOf(input, find, pinned);
    const found = find(id);
    if (!found) return { _: "messageEmpty", id };
    cast.add(found.peer).addMessage(found.message);
    return presentMessage(context.world, mailboxOf(context), found.peer, found.message);
  });
}

export const messagesById = {
  "messages.getMessages": ({ id }, context) => {
    const mailbox = mailboxOf(context);
    const cast = new Cast(context.world, mailbox);
    const find: Find = (one) => {
      const found = mailbox.find(one);
      return found && { peer: found.dialog.peer, message: found.message };
    };
    const messages = gather(context, id, find, cast);
    return { _: "messages.messages", messages, chats: cast.chats, users: cast.users };
  },
  "channels.getMessages": ({ channel: input, id }, context) => {
    const channel = channelOf(context, input);
    const peer = channelPeer(channel.id);
    const cast = new Cast(context.world, mailboxOf(context)).add(peer);
    const find: Find = (one) => {
      const message = historyOf(context, channel).byId(one);
      return message && { peer, message };
    };
    const messages = gather(context, id, find, cast, channel.pinned[0]);
    const { pts } = channel.journal;
    const count = messages.length;
    return { _: "messages.channelMessages", pts, count, messages, topics: [], chats: cast.chats, users: cast.users };
  },
} satisfies Handlers;
