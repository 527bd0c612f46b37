import type * as Tl from "../../tl/types.js";
import type { Channel } from "../../world/chat.js";
import type { Dialog, Mailbox } from "../../world/mailbox.js";
import { mayManage } from "../../world/members.js";
import type { Message } from "../../world/message.js";
import { channelPeer, type Peer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { presentMessage } from "../../world/present/message.js";
import { updatesOf } from "../../world/present/updates.js";
import type { Handlers, RequestContext } from "../handler.js";
import { forbid, notServed, refuse } from "./refuse.js";
import { historyOf, mailboxOf, targetOf, type Target } from "./resolve.js";
import { acceptText, type Text } from "./text.js";

/** Own messages can be changed for two days, in Saved Messages and channels without end. */
const EDIT_SECONDS = 48 * 3600;

function checkMayEdit(context: RequestContext, target: Target, message: Message): void {
  const own = message.from?.kind === "user" && message.from.id === context.account.id;
  if (target.kind === "channel") {
    if (!mayManage(target.members.get(context.account.id))) throw forbid("MESSAGE_AUTHOR_REQUIRED");
    return;
  }
  if (!own || message.forward) throw forbid("MESSAGE_AUTHOR_REQUIRED");
  const saved = target.kind === "user" && target.user.id === context.account.id;
  if (!saved && context.now / 1000 - message.date > EDIT_SECONDS) throw refuse("MESSAGE_EDIT_TIME_EXPIRED");
}

function checkChanges(message: Message, text: Text): void {
  const marks = (entities: Message["entities"]) =>
    JSON.stringify(entities ?? [], (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
  if (message.text === text.text && marks(message.entities) === marks(text.entities)) {
    throw refuse("MESSAGE_NOT_MODIFIED");
  }
}

interface Told {
  readonly viewer: Mailbox;
  readonly peer: Peer;
  readonly message: Message;
  readonly pts: number;
}

function updatesFor(context: RequestContext, { viewer, peer, message, pts }: Told): Tl.updates {
  const cast = new Cast(context.world, viewer).add(peer).addMessage(message);
  const _ = peer.kind === "channel" ? "updateEditChannelMessage" : "updateEditMessage";
  return updatesOf(cast, [{ _, message: presentMessage(context.world, viewer, peer, message), pts, pts_count: 1 }]);
}

function editInChannel(context: RequestContext, channel: Channel, message: Message): Told[] {
  channel.history.replace(message);
  const pts = channel.journal.record(1, { kind: "edit", id: message.id });
  const peer = channelPeer(channel.id);
  return context.world.membersAmongAccounts(channel).map((viewer) => ({ viewer, peer, message, pts }));
}

/** Every mailbox keeps its own id and reply. */
function editCopies(context: RequestContext, message: Message): Told[] {
  return context.world.mailboxes().flatMap((viewer) => {
    const found = viewer.find(viewer.idOf(message.origin) ?? 0);
    if (!found) return [];
    const { text, entities, editDate } = message;
    const copy = { ...found.message, text, entities, editDate };
    return [editIn(viewer, found.dialog, copy)];
  });
}

function editIn(viewer: Mailbox, dialog: Dialog, message: Message): Told {
  dialog.history.replace(message);
  const pts = viewer.journal.record(1, { kind: "edit", id: message.id });
  return { viewer, peer: dialog.peer, message, pts };
}

export const edit = {
  "messages.editMessage": (request, context) => {
    const target = targetOf(context, request.peer);
    if (request.media || request.schedule_date !== undefined) throw notServed();
    const message = historyOf(context, target).byId(request.id);
    if (!message || message.action) throw refuse("MESSAGE_ID_INVALID");
    checkMayEdit(context, target, message);
    const text = acceptText(context, request.message ?? "", request.entities);
    checkChanges(message, text);
    const edited = { ...message, ...text, editDate: Math.floor(context.now / 1000) };
    const isChannel = target.kind === "supergroup" || target.kind === "channel";
    const told = isChannel ? editInChannel(context, target, edited) : editCopies(context, edited);
    for (const one of told) context.push(context.world.account(one.viewer.accountId), updatesFor(context, one));
    const own = told.find(({ viewer }) => viewer === mailboxOf(context));
    if (!own) throw new Error("the editor does not see the message");
    return updatesFor(context, own);
  },
} satisfies Handlers;
