import { eraseCopies, eraseFrom, eraseInChannel } from "../../world/erase.js";
import type { Mailbox } from "../../world/mailbox.js";
import { hasRight, mayManage } from "../../world/members.js";
import type { Message } from "../../world/message.js";
import type { Handlers, RequestContext } from "../handler.js";
import { forbid } from "./refuse.js";
import { channelOf, mailboxOf } from "./resolve.js";
import { tell } from "./tell.js";

const MOST_IDS = 100;

const wroteIt = (context: RequestContext, message: Message): boolean =>
  message.from?.kind === "user" && message.from.id === context.account.id;

/** In a basic group members can take back their own messages from the others, and admins all. */
function checkMayRevoke(context: RequestContext, mailbox: Mailbox, ids: readonly number[]): void {
  for (const id of ids) {
    const found = mailbox.find(id);
    if (found?.dialog.peer.kind !== "chat") continue;
    const self = context.world.groups.get(found.dialog.peer.id)?.members.get(context.account.id);
    if (!self || !(mayManage(self) || wroteIt(context, found.message))) throw forbid("MESSAGE_DELETE_FORBIDDEN");
  }
}

export const deletion = {
  "messages.deleteMessages": ({ id, revoke }, context) => {
    const mailbox = mailboxOf(context);
    const ids = id.slice(0, MOST_IDS);
    if (revoke) {
      checkMayRevoke(context, mailbox, ids);
      tell(context, eraseCopies(context.world, mailbox, ids));
    }
    const { pts, pts_count, told } = eraseFrom(context.world, mailbox, ids);
    tell(context, told);
    return { _: "messages.affectedMessages", pts, pts_count };
  },
  "channels.deleteMessages": ({ channel: input, id }, context) => {
    const channel = channelOf(context, input);
    const ids = id.slice(0, MOST_IDS);
    const there = ids.flatMap((one) => channel.history.byId(one) ?? []);
    const may = hasRight(channel.members.get(context.account.id), "delete_messages");
    if (!may && !there.every((message) => wroteIt(context, message))) throw forbid("MESSAGE_DELETE_FORBIDDEN");
    const { pts, pts_count, told } = eraseInChannel(context.world, channel, ids, context.account.id);
    tell(context, told);
    return { _: "messages.affectedMessages", pts, pts_count };
  },
} satisfies Handlers;
