import type * as Tl from "../../tl/types.js";
import { sameHash } from "../../world/access-hash.js";
import type { Channel, Conversation, Group } from "../../world/chat.js";
import type { History } from "../../world/history.js";
import type { Mailbox } from "../../world/mailbox.js";
import { channelPeer, chatPeer, peerKey, userPeer, type Peer } from "../../world/peer.js";
import { StoredHistory } from "../../world/stored-history.js";
import type { User } from "../../world/users.js";
import type { RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";

/** What an input peer points at, once its access hash has been checked. */
export type Target = { readonly kind: "user"; readonly user: User } | Group | Channel;

export const isChannel = (target: Target): target is Channel =>
  target.kind === "supergroup" || target.kind === "channel";

export const mailboxOf = (context: RequestContext): Mailbox => context.world.mailboxOf(context.account);

/**
 * @throws PEER_ID_INVALID, CHANNEL_INVALID, CHANNEL_PRIVATE
 */
export function targetOf(context: RequestContext, input: Tl.TypeInputPeer): Target {
  switch (input._) {
    case "inputPeerSelf":
      return { kind: "user", user: selfOf(context) };
    case "inputPeerUser":
      return { kind: "user", user: checkedUser(context, input, "PEER_ID_INVALID") };
    case "inputPeerUserFromMessage":
      return { kind: "user", user: userOf(context, { ...input, _: "inputUserFromMessage" }) };
    case "inputPeerChat":
      return groupOf(context, input.chat_id, "PEER_ID_INVALID");
    case "inputPeerChannel":
      return channelOf(context, { ...input, _: "inputChannel" });
    case "inputPeerChannelFromMessage":
      return channelOf(context, { ...input, _: "inputChannelFromMessage" });
    case "inputPeerEmpty":
      throw refuse("PEER_ID_INVALID");
  }
}

/** @throws USER_ID_INVALID */
export function userOf(context: RequestContext, input: Tl.TypeInputUser): User {
  switch (input._) {
    case "inputUserSelf":
      return selfOf(context);
    case "inputUser":
      return checkedUser(context, input, "USER_ID_INVALID");
    case "inputUserFromMessage": {
      const user = context.world.users.get(Number(input.user_id));
      if (!user || !names(context, input, userPeer(user.id))) throw refuse("USER_ID_INVALID");
      return user;
    }
    case "inputUserEmpty":
      throw refuse("USER_ID_INVALID");
  }
}

/** @throws CHANNEL_INVALID, CHANNEL_PRIVATE */
export function channelOf(context: RequestContext, input: Tl.TypeInputChannel): Channel {
  const channel = input._ === "inputChannelEmpty" ? undefined : context.world.channels.get(Number(input.channel_id));
  if (!channel || !mayName(context, input, channel)) throw refuse("CHANNEL_INVALID");
  if (!channel.readableBy(context.account.id)) throw refuse("CHANNEL_PRIVATE");
  return channel;
}

/** A basic group needs no access hash: who is in it, or was, may name it. */
export function groupOf(context: RequestContext, id: bigint, error: string): Group {
  const group = context.world.groups.get(Number(id));
  const known = group && (group.members.get(context.account.id) ?? mailboxOf(context).dialogs.get(`chat:${group.id}`));
  if (!group || !known) throw refuse(error);
  return group;
}

export function peerOf(target: Target): Peer {
  if (target.kind === "user") return userPeer(target.user.id);
  return target.kind === "group" ? chatPeer(target.id) : channelPeer(target.id);
}

export function conversationOf(context: RequestContext, target: Target): Conversation {
  return target.kind === "user" ? { kind: "private", between: [context.account.id, target.user.id] } : target;
}

/** The messages of a chat as the account has them; empty when there never was one. */
export function historyOf(context: RequestContext, target: Target): History {
  const dialog = mailboxOf(context).dialogs.get(peerKey(peerOf(target)));
  return dialog?.history ?? (isChannel(target) ? target.history : new StoredHistory());
}

/** The person whose account asks. */
export function selfOf(context: RequestContext): User {
  const user = context.world.users.get(context.account.id);
  if (!user) throw new Error(`account ${context.account.id} is nobody`);
  return user;
}

type Hashed = { readonly user_id: bigint; readonly access_hash: bigint };

function checkedUser(context: RequestContext, input: Hashed, error: string): User {
  const user = context.world.users.get(Number(input.user_id));
  if (!user || !mayNameBy(context, userPeer(user.id), input.access_hash)) throw refuse(error);
  return user;
}

/** Bots may name whom they know without an access hash (core.telegram.org/api/peers). */
function mayNameBy({ world, account }: RequestContext, peer: Peer, hash: bigint): boolean {
  return sameHash(world.accessHashes.of(account.id, peer), hash) || (hash === 0n && world.isBot(account.id));
}

function mayName(context: RequestContext, input: Tl.TypeInputChannel, channel: Channel): boolean {
  if (input._ === "inputChannelFromMessage") return names(context, input, channelPeer(channel.id));
  return input._ === "inputChannel" && mayNameBy(context, channelPeer(channel.id), input.access_hash);
}

/** Whether a message that the account can see has to do with the peer. */
function names(context: RequestContext, at: { readonly peer: Tl.TypeInputPeer; readonly msg_id: number }, peer: Peer) {
  const message = historyOf(context, targetOf(context, at.peer)).byId(at.msg_id);
  return [message?.from, message?.forward?.from].some((named) => named && peerKey(named) === peerKey(peer));
}
