import { mayManage } from "../../world/members.js";
import type { Mailbox } from "../../world/mailbox.js";
import type { Message } from "../../world/message.js";
import { channelPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { updatesOf } from "../../world/present/updates.js";
import type { Handlers, RequestContext } from "../handler.js";
import { forbid } from "./refuse.js";
import { channelOf, mailboxOf } from "./resolve.js";

const MOST_IDS = 100;

const wroteIt = (context: RequestContext, message: Message): boolean =>
  message.from?.kind === "user" && message.from.id === context.account.id;

/** In a basic group only one's own messages can be taken back from the others, unless one is an admin. */
function checkMayRevoke(context: RequestContext, mailbox: Mailbox, ids: readonly number[]): void {
  for (const id of ids) {
    const found = mailbox.find(id);
    if (found?.dialog.peer.kind !== "chat" || wroteIt(context, found.message)) continue;
    const group = context.world.groups.get(found.dialog.peer.id);
    if (!mayManage(group?.members.get(context.account.id))) throw forbid("MESSAGE_DELETE_FORBIDDEN");
  }
}

/** Takes messages out of a mailbox and tells its sessions. Ids that are not there do not count. */
function drop(context: RequestContext, mailbox: Mailbox, ids: readonly number[]) {
  const gone = [...new Set(ids)].filter((id) => mailbox.remove(id));
  if (gone.length === 0) return { _: "messages.affectedMessages" as const, pts: mailbox.journal.pts, pts_count: 0 };
  const pts_count = gone.length;
  const pts = mailbox.journal.record(pts_count, { kind: "delete", ids: gone });
  const update = { _: "updateDeleteMessages" as const, messages: gone, pts, pts_count };
  const cast = new Cast(context.world, mailbox);
  context.push(context.world.account(mailbox.accountId), updatesOf(cast, [update]));
  return { _: "messages.affectedMessages" as const, pts, pts_count };
}

function dropCopies(context: RequestContext, mailbox: Mailbox, ids: readonly number[]): void {
  const origins = ids.map((id) => mailbox.find(id)?.message.origin);
  for (const other of context.world.mailboxes()) {
    if (other !== mailbox)
      drop(
        context,
        other,
        origins.flatMap((origin) => other.idOf(origin) ?? []),
      );
  }
}

export const deletion = {
  "messages.deleteMessages": ({ id, revoke }, context) => {
    const mailbox = mailboxOf(context);
    const ids = id.slice(0, MOST_IDS);
    if (revoke) {
      checkMayRevoke(context, mailbox, ids);
      dropCopies(context, mailbox, ids);
    }
    return drop(context, mailbox, ids);
  },
  "channels.deleteMessages": ({ channel: input, id }, context) => {
    const channel = channelOf(context, input);
    const there = [...new Set(id.slice(0, MOST_IDS))].flatMap((one) => channel.history.byId(one) ?? []);
    const manages = mayManage(channel.members.get(context.account.id));
    if (!manages && !there.every((message) => wroteIt(context, message))) throw forbid("MESSAGE_DELETE_FORBIDDEN");
    if (there.length === 0) return { _: "messages.affectedMessages", pts: channel.journal.pts, pts_count: 0 };
    const messages = there.map((message) => message.id);
    for (const one of messages) channel.history.remove(one);
    channel.pinned = channel.pinned.filter((one) => !messages.includes(one));
    const at = {
      pts: channel.journal.record(messages.length, { kind: "delete", ids: messages }),
      pts_count: there.length,
    };
    for (const reader of context.world.membersAmongAccounts(channel)) {
      const cast = new Cast(context.world, reader).add(channelPeer(channel.id));
      const update = { _: "updateDeleteChannelMessages" as const, channel_id: BigInt(channel.id), messages, ...at };
      context.push(context.world.account(reader.accountId), updatesOf(cast, [update]));
    }
    return { _: "messages.affectedMessages", ...at };
  },
} satisfies Handlers;
