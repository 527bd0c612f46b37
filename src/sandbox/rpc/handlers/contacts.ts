import { Cast } from "../../world/present/cast.js";
import { channelPeer, tlPeer, userPeer } from "../../world/peer.js";
import type { Handlers } from "../handler.js";
import { refuse } from "./refuse.js";
import { mailboxOf } from "./resolve.js";

const USERNAME = /^[a-z][a-z0-9_]{3,31}$/i;

export const contacts = {
  "contacts.resolveUsername": ({ username }, context) => {
    if (!USERNAME.test(username)) throw refuse("USERNAME_INVALID");
    const user = context.world.users.byUsername(username);
    const channel = context.world.channelByUsername(username);
    const peer = user ? userPeer(user.id) : channel && channelPeer(channel.id);
    if (!peer) throw refuse("USERNAME_NOT_OCCUPIED");
    const cast = new Cast(context.world, mailboxOf(context)).add(peer);
    return { _: "contacts.resolvedPeer", peer: tlPeer(peer), chats: cast.chats, users: cast.users };
  },
  "contacts.getContacts": (_, context) => {
    const mailbox = mailboxOf(context);
    const ids = [...mailbox.contacts];
    const cast = new Cast(context.world, mailbox);
    for (const id of ids) cast.addUser(id);
    const mutual = (id: number) => context.world.mailbox(id)?.contacts.has(context.account.id) ?? false;
    return {
      _: "contacts.contacts",
      contacts: ids.map((id) => ({ _: "contact", user_id: BigInt(id), mutual: mutual(id) })),
      saved_count: 0,
      users: cast.users,
    };
  },
} satisfies Handlers;
