import type * as Tl from "../../tl/types.js";
import { deliver } from "../../world/deliver.js";
import { fromPlace } from "../../world/history.js";
import { hasRight, mayManage } from "../../world/members.js";
import type { Message } from "../../world/message.js";
import { userPeer } from "../../world/peer.js";
import { pinCopies, pinInChannel } from "../../world/pinning.js";
import { tellDeliveries, type Told } from "../../world/told.js";
import type { Handlers, RequestContext } from "../handler.js";
import { checkMayWrite } from "./may-write.js";
import { refuse } from "./refuse.js";
import { conversationOf, historyOf, isChannel, mailboxOf, targetOf, type Target } from "./resolve.js";
import { tell } from "./tell.js";

type Request = Tl.messages_updatePinnedMessageRequest;

/** @throws PEER_ID_INVALID, CHAT_ADMIN_REQUIRED and, in private chats, what keeps one from writing */
function checkMayPin(context: RequestContext, target: Target): void {
  if (target.kind === "user") {
    checkMayWrite(context, target);
    return;
  }
  if (target.kind === "group" && target.migratedTo !== undefined) throw refuse("PEER_ID_INVALID");
  const self = target.members.get(context.account.id);
  const may =
    target.kind === "group"
      ? mayManage(self)
      : hasRight(self, target.kind === "channel" ? "edit_messages" : "pin_messages");
  if (!may) throw refuse("CHAT_ADMIN_REQUIRED");
}

function pinned(context: RequestContext, target: Target, message: Message, { unpin, pm_oneside }: Request): Told[] {
  if (isChannel(target)) return pinInChannel(context.world, target, message, !unpin, context.account.id);
  const onlyMe = pm_oneside && target.kind === "user";
  return pinCopies(context.world, message, !unpin, onlyMe ? context.account.id : undefined);
}

/** The service message that tells everybody. Pinning for oneself or in one's own notes is no news. */
function announced(context: RequestContext, target: Target, request: Request): Told[] {
  const { world, account, now } = context;
  const own = target.kind === "user" && (target.user.id === account.id || request.pm_oneside);
  if (request.unpin || own) return [];
  const draft = {
    date: Math.floor(now / 1000),
    from: target.kind === "channel" ? undefined : userPeer(account.id),
    text: "",
    action: { _: "messageActionPinMessage" },
    replyTo: request.id,
    silent: request.silent,
  } as const;
  return tellDeliveries(world, deliver(world, conversationOf(context, target), draft, account.id));
}

/** The offset in the answer says that there are more. */
const UNPINNED_AT_ONCE = 100;

export const pin = {
  "messages.updatePinnedMessage": (request, context) => {
    const target = targetOf(context, request.peer);
    checkMayPin(context, target);
    const message = historyOf(context, target).byId(request.id);
    if (!message || message.action) throw refuse("MESSAGE_ID_INVALID");
    if ((message.pinned ?? false) === !request.unpin) throw refuse("CHAT_NOT_MODIFIED");
    return tell(context, [...pinned(context, target, message, request), ...announced(context, target, request)]);
  },
  "messages.unpinAllMessages": ({ peer, top_msg_id }, context) => {
    const target = targetOf(context, peer);
    checkMayPin(context, target);
    const history = historyOf(context, target);
    const listed = isChannel(target) ? target.pinned.flatMap((id) => history.byId(id) ?? []) : [...fromPlace(history)];
    const all = listed.filter(({ pinned, topId }) => pinned && (top_msg_id === undefined || topId === top_msg_id));
    const page = all.slice(0, UNPINNED_AT_ONCE);
    for (const message of page) {
      const request = { _: "messages.updatePinnedMessage", peer, id: message.id, unpin: true } as const;
      tell(context, pinned(context, target, message, request));
    }
    const { pts } = isChannel(target) ? target.journal : mailboxOf(context).journal;
    return { _: "messages.affectedHistory", pts, pts_count: page.length, offset: all.length - page.length };
  },
} satisfies Handlers;
