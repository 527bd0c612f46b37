import { channelPeer, chatPeer, userPeer, type Peer } from "./peer.js";
import type { Channel, Conversation, Group } from "./chat.js";
import type { Dialog, Mailbox } from "./mailbox.js";
import type { Draft, Message } from "./message.js";
import { copyForDiscussion, countReply, placed } from "./thread.js";
import type { World } from "./world.js";

/** One account's copy of a new message. */
export interface Delivery {
  readonly accountId: number;
  readonly dialog: Dialog;
  readonly message: Message;
  readonly pts: number;
}

/**
 * Puts a message into a conversation. Private chats and basic groups get a copy in each account's mailbox, with its own id;
 * a channel has one for all, delivered to the accounts that are members.
 *
 * @param replyIdsOf the account in whose numbering `draft.replyTo` is given
 */
export function deliver(world: World, to: Conversation, draft: Draft, replyIdsOf?: number): Delivery[] {
  switch (to.kind) {
    case "private":
      return intoMailboxes(world, mailboxesOfPair(world, to.between), draft, replyIdsOf);
    case "group":
      return intoMailboxes(world, mailboxesOfGroup(world, to), draft, replyIdsOf);
    default:
      return intoChannel(world, to, draft);
  }
}

type Addressed = readonly [mailbox: Mailbox, peer: Peer];

function mailboxesOfPair(world: World, [one, other]: readonly [number, number]): Addressed[] {
  const found: Addressed[] = [];
  const first = world.mailbox(one);
  if (first) found.push([first, userPeer(other)]);
  const second = one === other ? undefined : world.mailbox(other);
  if (second) found.push([second, userPeer(one)]);
  return found;
}

function mailboxesOfGroup(world: World, group: Group): Addressed[] {
  return world.mailboxes().flatMap((mailbox): Addressed[] => {
    return group.members.get(mailbox.accountId) ? [[mailbox, chatPeer(group.id)]] : [];
  });
}

function intoMailboxes(world: World, boxes: readonly Addressed[], draft: Draft, replyIdsOf?: number): Delivery[] {
  const origin = world.nextOrigin();
  const { replyTo } = draft;
  const numbering = replyIdsOf === undefined ? boxes[0]?.[0] : world.mailbox(replyIdsOf);
  const repliedOrigin = replyTo === undefined ? undefined : numbering?.find(replyTo)?.message.origin;
  return boxes.map(([mailbox, peer]) => {
    const dialog = mailbox.dialogWith(peer);
    const replyHere = mailbox === numbering ? replyTo : mailbox.idOf(repliedOrigin);
    const answers = authorOf(numbering?.find(replyTo ?? 0)?.message);
    const message = { ...draft, id: draft.id ?? mailbox.nextId(), origin, replyTo: replyHere, answers };
    mailbox.add(dialog, message);
    readOwn(dialog, mailbox.accountId, message);
    const pts = mailbox.journal.record(1, { kind: "new", id: message.id });
    return { accountId: mailbox.accountId, dialog, message, pts };
  });
}

function intoChannel(world: World, channel: Channel, draft: Draft): Delivery[] {
  const answered = draft.replyTo === undefined || draft.replyPeer ? undefined : channel.history.byId(draft.replyTo);
  const answers = authorOf(answered);
  const message = { ...placed(channel, draft), id: draft.id ?? channel.history.highestId + 1, answers };
  channel.history.add(message);
  countReply(channel, message);
  if (message.pinned) channel.pinned = [message.id, ...channel.pinned];
  const pts = channel.journal.record(1, { kind: "new", id: message.id });
  const deliveries = world.membersAmongAccounts(channel).map((mailbox): Delivery => {
    const dialog =
      mailbox.dialogs.get(`channel:${channel.id}`) ?? mailbox.open(channelPeer(channel.id), channel.history);
    readOwn(dialog, mailbox.accountId, message);
    return { accountId: mailbox.accountId, dialog, message, pts };
  });
  const group = channel.kind === "channel" && !message.action ? channel.linked : undefined;
  return group ? [...deliveries, ...intoChannel(world, group, copyForDiscussion(channel, message))] : deliveries;
}

const authorOf = (message: Message | undefined): number | undefined =>
  message?.from?.kind === "user" ? message.from.id : undefined;

/** Who writes has read what stands above. */
function readOwn(dialog: Dialog, accountId: number, message: Message): void {
  if (message.from?.kind === "user" && message.from.id === accountId) dialog.readInbox = message.id;
}
