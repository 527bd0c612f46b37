import type * as Tl from "../tl/types.js";
import { Channel, type Group } from "./chat.js";
import { ClearedHistory } from "./cleared-history.js";
import { deliver } from "./deliver.js";
import { fromPlace } from "./history.js";
import type { Mailbox } from "./mailbox.js";
import { channelPeer, chatPeer, userPeer } from "./peer.js";
import { peerOfChat } from "./present/cast.js";
import { presentInvite } from "./present/invite.js";
import { presentMember } from "./present/participant.js";
import { newMessageUpdates } from "./present/updates.js";
import { tellChannel, tellDeliveries, type Told } from "./told.js";
import type { World } from "./world.js";

/** How somebody came to be a member. Who asks to join a public group comes without a link. */
export type Entrance =
  | { readonly by: "himself" }
  | { readonly by: "invitation"; readonly inviter: number }
  | { readonly by: "link" | "request"; readonly inviter: number; readonly hash?: string | undefined };

const seconds = (world: World): number => Math.floor(world.now() / 1000);

/** Makes somebody a member, with the service message that says so, and tells everybody. He no longer waits to be let in. */
export function admit(world: World, chat: Group | Channel, userId: number, entrance: Entrance): Told[] {
  const invitedBy = entrance.by === "himself" ? undefined : entrance.inviter;
  world.invites.settle(peerOfChat(chat), userId);
  chat.members.add({ userId, role: "member", since: seconds(world), invitedBy });
  const mailbox = world.mailbox(userId);
  if (!(chat instanceof Channel)) {
    chat.version += 1;
    return announced(world, chat, entryAction(userId, entrance), invitedBy ?? userId);
  }
  chat.banned.delete(userId);
  chat.departed.delete(userId);
  chat.log.add(entrance.by === "invitation" ? entrance.inviter : userId, entryDeed(world, chat, userId, entrance));
  if (mailbox) openDialog(mailbox, chat);
  const told = announced(world, chat, entryAction(userId, entrance), entrance.by === "invitation" ? invitedBy : userId);
  return mailbox ? [tellChannel(world, mailbox, chat.id), ...told] : told;
}

function entryDeed(world: World, chat: Channel, userId: number, entrance: Entrance): Tl.TypeChannelAdminLogEventAction {
  const member = chat.members.get(userId);
  const found = "hash" in entrance && entrance.hash !== undefined ? world.invites.get(entrance.hash) : undefined;
  const invite = found ? presentInvite(world, found) : ({ _: "chatInvitePublicJoinRequests" } as const);
  if (entrance.by === "himself" || !member) return { _: "channelAdminLogEventActionParticipantJoin" };
  if (entrance.by === "link") return { _: "channelAdminLogEventActionParticipantJoinByInvite", invite };
  if (entrance.by === "request") {
    const approved_by = BigInt(entrance.inviter);
    return { _: "channelAdminLogEventActionParticipantJoinByRequest", invite, approved_by };
  }
  return { _: "channelAdminLogEventActionParticipantInvite", participant: presentMember(chat, member, 0) };
}

/** What was written before one joined is not waiting to be read. */
function openDialog(mailbox: Mailbox, { id, history, hidesPast }: Channel): void {
  const shown = hidesPast ? new ClearedHistory(history, history.highestId) : history;
  const dialog = mailbox.open(channelPeer(id), shown);
  dialog.settle();
}

function entryAction(userId: number, entrance: Entrance): Tl.TypeMessageAction {
  if (entrance.by === "request") return { _: "messageActionChatJoinedByRequest" };
  if (entrance.by === "link") return { _: "messageActionChatJoinedByLink", inviter_id: BigInt(entrance.inviter) };
  return { _: "messageActionChatAddUser", users: [BigInt(userId)] };
}

/**
 * Takes somebody out of a chat.
 *
 * @param by who does it: he himself when he leaves
 */
export function expel(world: World, chat: Group | Channel, userId: number, by: number): Told[] {
  const action = { _: "messageActionChatDeleteUser", user_id: BigInt(userId) } as const;
  const mailbox = world.mailbox(userId);
  if (!(chat instanceof Channel)) {
    // The one who goes still gets this last message, and keeps what was written before.
    const told = announced(world, chat, action, by);
    chat.members.remove(userId);
    chat.version += 1;
    return told;
  }
  chat.members.remove(userId);
  if (by === userId) {
    chat.departed.add(userId);
    chat.log.add(userId, { _: "channelAdminLogEventActionParticipantLeave" });
  }
  mailbox?.dialogs.delete(`channel:${chat.id}`);
  const told = announced(world, chat, action, by);
  return mailbox ? [tellChannel(world, mailbox, chat.id), ...told] : told;
}

/** Channels say nothing of who comes and goes. */
function announced(world: World, chat: Group | Channel, action: Tl.TypeMessageAction, by?: number): Told[] {
  if (chat.kind === "channel") return [];
  const from = by === undefined ? undefined : userPeer(by);
  return tellDeliveries(world, deliver(world, chat, { date: seconds(world), from, text: "", action }));
}

/** Gives a new member of a basic group copies of the last messages. */
export function showPast(world: World, group: Group, userId: number, from: Mailbox, limit: number): Told[] {
  const viewer = world.mailbox(userId);
  const source = from.dialogs.get(`chat:${group.id}`)?.history;
  if (!viewer || !source) return [];
  const dialog = viewer.dialogWith(chatPeer(group.id));
  const past = [...fromPlace(source)].slice(0, limit).filter(({ origin }) => viewer.idOf(origin) === undefined);
  return past.reverse().map((message) => {
    const replied = message.replyTo === undefined ? undefined : source.byId(message.replyTo)?.origin;
    const copy = { ...message, id: viewer.nextId(), replyTo: viewer.idOf(replied) };
    viewer.add(dialog, copy);
    const pts = viewer.journal.record(1, { kind: "new", id: copy.id });
    return { viewer, updates: newMessageUpdates(world, { accountId: userId, dialog, message: copy, pts }) };
  });
}
