import { channelPeer } from "../../world/peer.js";
import { tellOf, type Told } from "../../world/told.js";
import type { Handlers, RequestContext } from "../handler.js";
import { wroteBetween } from "./read-marks.js";
import { mailboxOf, targetOf } from "./resolve.js";
import { tell } from "./tell.js";
import { marksIn, readMarkOf, threadOf, type Thread } from "./threads.js";

/** The account's other sessions hear how far it has read. */
function ownMark(context: RequestContext, { group, top }: Thread, read_max_id: number): Told[] {
  const viewer = mailboxOf(context);
  const dialog = viewer.dialogs.get(`channel:${group.id}`);
  if (!dialog) return [];
  const marks = marksIn(dialog, group);
  marks.set(top, { outbox: 0, ...marks.get(top), inbox: read_max_id });
  const channel_id = BigInt(group.id);
  const update = { _: "updateReadChannelDiscussionInbox", channel_id, top_msg_id: top, read_max_id } as const;
  return [tellOf(context.world, viewer, channelPeer(group.id), update)];
}

/** Who wrote there sees that somebody has read it. */
function writersMarks(context: RequestContext, { group, top }: Thread, before: number, read_max_id: number): Told[] {
  const { world, account } = context;
  return world.membersAmongAccounts(group).flatMap((writer): Told[] => {
    const dialog = writer.dialogs.get(`channel:${group.id}`);
    const marks = dialog && marksIn(dialog, group);
    const { inbox = 0, outbox = 0 } = marks?.get(top) ?? {};
    const isOther = writer.accountId !== account.id && read_max_id > outbox;
    if (!marks || !isOther || !wroteBetween(group, writer.accountId, Math.max(before, outbox), read_max_id)) return [];
    marks.set(top, { inbox, outbox: read_max_id });
    const channel_id = BigInt(group.id);
    const update = { _: "updateReadChannelDiscussionOutbox", channel_id, top_msg_id: top, read_max_id } as const;
    return [tellOf(world, writer, channelPeer(group.id), update)];
  });
}

/** Topics and threads of comments are read each by itself (core.telegram.org/api/threads). */
export const readThreads = {
  "messages.readDiscussion": ({ peer, msg_id, read_max_id }, context) => {
    const thread = threadOf(targetOf(context, peer), msg_id);
    const before = readMarkOf(context, thread).inbox;
    const upTo = Math.min(read_max_id, thread.group.history.highestId);
    if (upTo > before) {
      tell(context, [...ownMark(context, thread, upTo), ...writersMarks(context, thread, before, upTo)]);
    }
    return true;
  },
} satisfies Handlers;
