import type * as Tl from "../tl/types.js";
import { viewChat } from "./chat-view.js";
import type { Channel, Group } from "./chat.js";
import { deliver } from "./deliver.js";
import type { Invite } from "./invites.js";
import { admit, expel } from "./joining.js";
import { eachMember, type AdminRight, type Denial, type Member } from "./members.js";
import { chatPeer, tlPeer, userPeer } from "./peer.js";
import { personIn } from "./post.js";
import { peerOfChat } from "./present/cast.js";
import { defaultBannedRights } from "./present/rights.js";
import { restrict, standing } from "./restrict.js";
import { tellAll, tellChannel, tellDeliveries, tellOf, type Told } from "./told.js";
import type { World } from "./world.js";

/** What somebody may do in a chat from now on. */
export interface NewRights {
  /** Makes him an admin with these rights, by the names of Telegram's flags, or with the usual ones. */
  readonly admin?: true | readonly AdminRight[];
  /** Leaves him a member who may not do this. Without either he is a member like the others. */
  readonly denied?: readonly Denial[];
  /** Until when that is denied, in seconds of Unix time; for good by default. */
  readonly until?: number;
}

/** @throws Error when it is a private chat */
function chatOf(world: World, which: number | string): Group | Channel {
  const { peer, title } = viewChat(world, which);
  const chat = peer.kind === "chat" ? world.groups.get(peer.id) : world.channels.get(peer.id);
  if (!chat || peer.kind === "user") throw new Error(`${title} is no group or channel`);
  return chat;
}

function creatorOf(chat: Group | Channel): number {
  for (const { userId, role } of eachMember(chat.members)) if (role === "creator") return userId;
  return chat.members.at(0)?.userId ?? 0;
}

function memberIn(chat: Group | Channel, userId: number): Member {
  const member = chat.members.get(userId);
  if (!member) throw new Error(`${userId} is no member of ${chat.title}`);
  return member;
}

/** Tells the members that something about the chat has changed. */
function tellMembers(world: World, chat: Group | Channel, ...updates: readonly Tl.TypeUpdate[]): void {
  const tellOne = (viewer: Told["viewer"]): Told => {
    if (updates.length > 0) return tellOf(world, viewer, peerOfChat(chat), ...updates);
    if (chat.kind !== "group") return tellChannel(world, viewer, chat.id);
    return tellOf(world, viewer, chatPeer(chat.id), { _: "updateChat", chat_id: BigInt(chat.id) });
  };
  tellAll(world, world.membersAmongAccounts(chat).map(tellOne));
}

/** Somebody is thrown out by the creator, and cannot come back by himself. */
export function kick(world: World, which: number | string, who: number | string): void {
  const chat = chatOf(world, which);
  const userId = personIn(world, who);
  const by = creatorOf(chat);
  memberIn(chat, userId);
  const date = Math.floor(world.now() / 1000);
  const decision = { denied: ["view_messages"], by, date } as const;
  tellAll(world, chat.kind === "group" ? expel(world, chat, userId, by) : restrict(world, chat, userId, decision));
}

/** Somebody becomes a member: he comes himself, or a request to join is approved. */
export function bringIn(world: World, which: number | string, who: number | string): void {
  const chat = chatOf(world, which);
  const userId = personIn(world, who);
  if (!chat.members.get(userId)) tellAll(world, admit(world, chat, userId, { by: "himself" }));
}

/** @throws Error where `denied` is for one member of a basic group: there it can only be for all */
export function setRights(world: World, which: number | string, who: number | string, rights: NewRights): void {
  const chat = chatOf(world, which);
  const member = memberIn(chat, personIn(world, who));
  const by = creatorOf(chat);
  const { admin, denied = [], until } = rights;
  if (chat.kind === "group" && denied.length > 0)
    throw new Error(`${chat.title} is a basic group: see setDefaultRights`);
  const restriction = denied.length > 0 ? { denied, by, until, date: Math.floor(world.now() / 1000) } : undefined;
  const held = admin === true ? undefined : admin;
  const changed = { ...member, role: admin ? "admin" : "member", rights: held, restriction, rank: undefined } as const;
  const before = chat.kind === "group" ? undefined : standing(chat, member.userId);
  chat.members.add(changed);
  if (chat.kind !== "group" && before) noteRights(chat, by, before, changed.userId);
  const viewer = world.mailbox(member.userId);
  if (chat.kind !== "group" && viewer) tellAll(world, [tellChannel(world, viewer, chat.id)]);
  if (chat.kind === "group") tellMembers(world, chat);
}

function noteRights(chat: Channel, by: number, prev_participant: Tl.TypeChannelParticipant, who: number): void {
  const new_participant = standing(chat, who);
  if (!new_participant) return;
  const isBan = [prev_participant, new_participant].some(({ _ }) => _ === "channelParticipantBanned");
  const what = isBan ? "Ban" : "Admin";
  chat.log.add(by, { _: `channelAdminLogEventActionParticipantToggle${what}`, prev_participant, new_participant });
}

/** What members may not do from now on, beside what they usually may not. */
export function setDefaultRights(world: World, which: number | string, denied: readonly Denial[]): void {
  const chat = chatOf(world, which);
  chat.denied = denied;
  const version = chat.kind === "group" ? (chat.version += 1) : 0;
  tellMembers(world, chat, {
    _: "updateChatDefaultBannedRights",
    peer: tlPeer(peerOfChat(chat)),
    default_banned_rights: defaultBannedRights(denied),
    version,
  });
}

export function setSlowMode(world: World, which: number | string, seconds: number): void {
  const chat = chatOf(world, which);
  if (chat.kind !== "supergroup") throw new Error(`${chat.title} is no supergroup`);
  chat.slowModeSeconds = seconds;
  tellMembers(world, chat);
}

export function protect(world: World, which: number | string, isProtected: boolean): void {
  const chat = chatOf(world, which);
  chat.noForwards = isProtected;
  tellMembers(world, chat);
}

/** The creator gives the chat another title. */
export function rename(world: World, which: number | string, title: string): void {
  const chat = chatOf(world, which);
  const changed = { prev_value: chat.title, new_value: title };
  if (chat.kind !== "group") chat.log.add(creatorOf(chat), { _: "channelAdminLogEventActionChangeTitle", ...changed });
  chat.title = title;
  const from = chat.kind === "channel" ? undefined : userPeer(creatorOf(chat));
  const action = { _: "messageActionChatEditTitle", title } as const;
  const date = Math.floor(world.now() / 1000);
  tellAll(world, tellDeliveries(world, deliver(world, chat, { date, from, text: "", action }, creatorOf(chat))));
}

/** Makes a link by which one can join. Returns its hash, the part behind `t.me/+`. */
export function invite(
  world: World,
  which: number | string,
  terms: Pick<Invite, "expiresAt" | "usageLimit" | "requestNeeded">,
): string {
  const chat = chatOf(world, which);
  const hash = world.invites.nextHash();
  return world.invites.add({ ...terms, hash, peer: peerOfChat(chat), by: creatorOf(chat) }).hash;
}

/** From now on all files lie at that data centre. */
export function moveFiles(world: World, dcId: number): void {
  if (!world.dcOptions.some(({ id }) => id === dcId)) throw new Error(`there is no data centre ${dcId}`);
  world.files.moveAll(dcId);
  for (const mailbox of world.mailboxes()) mailbox.forgetBuilt();
}
