import { channelPeer, chatPeer, userPeer, type Peer } from "./peer.js";
import { sees } from "./bot-sight.js";
import type { Channel, Conversation, Group } from "./chat.js";
import { topicOf } from "./forum.js";
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
 * @param by the account that acts: `draft.replyTo` is given in its numbering, and what it posts in a channel it has read
 */
export function deliver(world: World, to: Conversation, plain: Draft, by?: number): Delivery[] {
  const ttlPeriod = ttlOf(world, to);
  const draft = ttlPeriod > 0 ? { ...plain, ttlPeriod } : plain;
  switch (to.kind) {
    case "private":
      return intoMailboxes(world, mailboxesOfPair(world, to.between), draft, by);
    case "group":
      return intoMailboxes(world, mailboxesOfGroup(world, to, answering(world, draft, by)), draft, by);
    default:
      return intoChannel(world, to, draft, by);
  }
}

/** How long messages stay there; 0 for ever. */
function ttlOf(world: World, to: Conversation): number {
  if (to.kind !== "private") return to.ttlPeriod;
  const [one, other] = to.between;
  const dialog = world.mailbox(one)?.dialogs.get(`user:${other}`) ?? world.mailbox(other)?.dialogs.get(`user:${one}`);
  return dialog?.ttlPeriod ?? 0;
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

function mailboxesOfGroup(world: World, group: Group, draft: Draft): Addressed[] {
  return world.mailboxes().flatMap((mailbox): Addressed[] => {
    const { accountId, dialogs } = mailbox;
    if (!group.members.get(accountId)) return [];
    const history = dialogs.get(`chat:${group.id}`)?.history;
    return sees(world, accountId, group, draft, history) ? [[mailbox, chatPeer(group.id)]] : [];
  });
}

/** With whom it answers, known before each mailbox has its copy. */
function answering(world: World, draft: Draft, by?: number): Draft {
  const numbering = by === undefined ? undefined : world.mailbox(by);
  return { ...draft, answers: authorOf(numbering?.find(draft.replyTo ?? 0)?.message) };
}

function intoMailboxes(world: World, boxes: readonly Addressed[], draft: Draft, by?: number): Delivery[] {
  const origin = world.nextOrigin();
  const { replyTo } = draft;
  const numbering = by === undefined ? boxes[0]?.[0] : world.mailbox(by);
  const repliedOrigin = replyTo === undefined ? undefined : numbering?.find(replyTo)?.message.origin;
  if (draft.ttlPeriod) world.expiry.add(draft.date + draft.ttlPeriod, { origin });
  return boxes.map(([mailbox, peer]) => {
    const dialog = mailbox.dialogWith(peer);
    const replyHere = mailbox === numbering ? replyTo : mailbox.idOf(repliedOrigin);
    const answers = authorOf(numbering?.find(replyTo ?? 0)?.message);
    const message = { ...draft, id: draft.id ?? mailbox.nextId(), origin, replyTo: replyHere, answers };
    mailbox.add(dialog, message);
    if (authorOf(message) === mailbox.accountId) readOwn(dialog, message);
    const pts = mailbox.journal.record(1, { kind: "new", id: message.id });
    return { accountId: mailbox.accountId, dialog, message, pts };
  });
}

function intoChannel(world: World, channel: Channel, draft: Draft, by?: number): Delivery[] {
  const answered = draft.replyTo === undefined || draft.replyPeer ? undefined : channel.history.byId(draft.replyTo);
  const answers = authorOf(answered);
  const message = { ...placed(channel, draft), id: draft.id ?? channel.history.highestId + 1, answers };
  channel.history.add(message);
  if (draft.ttlPeriod) world.expiry.add(draft.date + draft.ttlPeriod, { channel, id: message.id });
  countReply(channel, message);
  if (message.pinned) channel.pinned = [message.id, ...channel.pinned];
  const pts = channel.journal.record(1, { kind: "new", id: message.id });
  const readers = world
    .membersAmongAccounts(channel)
    .filter(({ accountId }) => sees(world, accountId, channel, message, channel.history));
  const deliveries = readers.map((mailbox): Delivery => {
    const dialog =
      mailbox.dialogs.get(`channel:${channel.id}`) ?? mailbox.open(channelPeer(channel.id), channel.history);
    // The posts of a channel name no author.
    const author = message.from ? authorOf(message) : by;
    if (author === mailbox.accountId) readOwn(dialog, message, channel.forum !== undefined);
    return { accountId: mailbox.accountId, dialog, message, pts };
  });
  const group = channel.kind === "channel" && !message.action ? channel.linked : undefined;
  return group ? [...deliveries, ...intoChannel(world, group, copyForDiscussion(channel, message))] : deliveries;
}

const authorOf = (message: Message | undefined): number | undefined =>
  message?.from?.kind === "user" ? message.from.id : undefined;

/** Who writes has read what stands above; in a forum that is what stands in the topic. */
function readOwn(dialog: Dialog, message: Message, inForum = false): void {
  if (!inForum) dialog.readInbox = message.id;
  else
    dialog.topicMarks.set(topicOf(message), {
      outbox: 0,
      ...dialog.topicMarks.get(topicOf(message)),
      inbox: message.id,
    });
}
