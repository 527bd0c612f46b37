import type * as Tl from "../../tl/types.js";
import type { Channel, Group } from "../../world/chat.js";
import type { Guest, Invite } from "../../world/invites.js";
import { admit, type Entrance } from "../../world/joining.js";
import type { Peer } from "../../world/peer.js";
import { peerOfChat } from "../../world/present/cast.js";
import { presentChat } from "../../world/present/chat.js";
import type { World } from "../../world/world.js";
import type { Handlers, RequestContext } from "../handler.js";
import { checkOneMore, checkRoom } from "./may-invite.js";
import { refuse } from "./refuse.js";
import { channelOf, mailboxOf } from "./resolve.js";
import { tellWaiting } from "./join-requests.js";
import { tell } from "./tell.js";

/** @throws USER_ALREADY_PARTICIPANT, CHANNELS_TOO_MUCH, USERS_TOO_MUCH */
function enter(context: RequestContext, chat: Group | Channel, entrance: Entrance): Tl.updates {
  const { world, account } = context;
  if (chat.members.get(account.id)) throw refuse("USER_ALREADY_PARTICIPANT");
  if (chat.kind !== "group") checkOneMore(context);
  checkRoom(chat, 1);
  return tell(context, admit(world, chat, account.id, entrance));
}

/** The admins hear that somebody waits. @throws INVITE_REQUEST_SENT always: he is not in yet */
function ask(context: RequestContext, chat: Group | Channel, guest: Guest): never {
  const peer = peerOfChat(chat);
  context.world.invites.ask(peer, guest);
  tell(context, tellWaiting(context.world, chat));
  throw refuse("INVITE_REQUEST_SENT");
}

const chatAt = (world: World, { kind, id }: Peer): Group | Channel | undefined =>
  kind === "chat" ? world.groups.get(id) : world.channels.get(id);

/** A link is no way back for who was thrown out, and none into a group that has become a supergroup. */
const isClosed = ({ account }: RequestContext, chat: Group | Channel): boolean =>
  chat.kind === "group" ? chat.migratedTo !== undefined : chat.banOn(account.id) !== undefined;

/** @throws INVITE_HASH_EMPTY, INVITE_HASH_INVALID, INVITE_HASH_EXPIRED */
function invited(context: RequestContext, hash: string): { readonly invite: Invite; readonly chat: Group | Channel } {
  if (hash === "") throw refuse("INVITE_HASH_EMPTY");
  if (!/^[\w-]{16,32}$/.test(hash)) throw refuse("INVITE_HASH_INVALID");
  const invite = context.world.invites.good(hash, context.now / 1000);
  const chat = invite && chatAt(context.world, invite.peer);
  if (!chat || isClosed(context, chat)) throw refuse("INVITE_HASH_EXPIRED");
  return { invite, chat };
}

function shown(chat: Group | Channel, { requestNeeded }: Invite): Tl.chatInvite {
  return {
    _: "chatInvite",
    channel: chat.kind === "group" ? undefined : true,
    broadcast: chat.kind === "channel" || undefined,
    megagroup: chat.kind === "supergroup" || undefined,
    public: (chat.kind !== "group" && chat.username !== undefined) || undefined,
    request_needed: requestNeeded,
    title: chat.title,
    about: chat.about === "" ? undefined : chat.about,
    photo: { _: "photoEmpty", id: 0n },
    participants_count: chat.members.count,
    color: 0,
  };
}

/** core.telegram.org/api/invites */
export const join = {
  "channels.joinChannel": ({ channel: input }, context) => {
    const channel = channelOf(context, input);
    if (channel.username === undefined && !channel.members.get(context.account.id)) throw refuse("CHANNEL_PRIVATE");
    if (channel.joinRequest && !channel.members.get(context.account.id)) {
      return ask(context, channel, { userId: context.account.id, date: Math.floor(context.now / 1000) });
    }
    return enter(context, channel, { by: "himself" });
  },
  "messages.checkChatInvite": ({ hash }, context) => {
    const { invite, chat } = invited(context, hash);
    if (!chat.members.get(context.account.id)) return shown(chat, invite);
    return { _: "chatInviteAlready", chat: presentChat(context.world, mailboxOf(context), chat) };
  },
  "messages.importChatInvite": ({ hash }, context) => {
    const { invite, chat } = invited(context, hash);
    if (chat.members.get(context.account.id)) throw refuse("USER_ALREADY_PARTICIPANT");
    const guest = { userId: context.account.id, date: Math.floor(context.now / 1000), hash };
    if (invite.requestNeeded) return ask(context, chat, guest);
    const updates = enter(context, chat, { by: "link", inviter: invite.by, hash });
    context.world.invites.use(hash, guest);
    return updates;
  },
} satisfies Handlers;
