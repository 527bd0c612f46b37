import type * as Tl from "../../tl/types.js";
import { Cast } from "../../world/present/cast.js";
import { statusOf } from "../../world/present/user.js";
import { tlPeer, userPeer } from "../../world/peer.js";
import type { User } from "../../world/users.js";
import type { Handlers, RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { mailboxOf, userOf } from "./resolve.js";

const digitsOf = (phone: string): string => phone.replace(/\D/g, "");

/** Somebody by his number, if he lets himself be found so. */
function findable({ world, account }: RequestContext, phone: string): User | undefined {
  const user = world.users.byPhone(digitsOf(phone));
  return user && world.relations.allows(user.id, "byPhone", account.id) ? user : undefined;
}

/** Contacts by their numbers (core.telegram.org/api/contacts). */
export const phoneBook = {
  "contacts.importContacts": ({ contacts }, context) => {
    const mailbox = mailboxOf(context);
    const found = contacts.flatMap(({ client_id, phone, first_name: first, last_name: last }) => {
      const user = findable(context, phone);
      return user && user.id !== context.account.id ? [{ client_id, user, names: { first, last } }] : [];
    });
    for (const { user, names } of found) {
      mailbox.contacts.add(user.id);
      if (names.first.trim() !== "") mailbox.contactNames.set(user.id, names);
    }
    context.world.forgetBuilt();
    const cast = new Cast(context.world, mailbox);
    for (const { user } of found) cast.addUser(user.id);
    return {
      _: "contacts.importedContacts",
      imported: found.map(({ user, client_id }) => ({ _: "importedContact", user_id: BigInt(user.id), client_id })),
      popular_invites: [],
      retry_contacts: [],
      users: cast.users,
    };
  },
  "contacts.resolvePhone": ({ phone }, context) => {
    const user = findable(context, phone);
    if (!user) throw refuse("PHONE_NOT_OCCUPIED");
    const cast = new Cast(context.world, mailboxOf(context)).addUser(user.id);
    return { _: "contacts.resolvedPeer", peer: tlPeer(userPeer(user.id)), chats: cast.chats, users: cast.users };
  },
  "contacts.deleteByPhones": ({ phones }, context) => {
    const mailbox = mailboxOf(context);
    for (const phone of phones) {
      const user = context.world.users.byPhone(digitsOf(phone));
      if (user) mailbox.contacts.delete(user.id);
    }
    context.world.forgetBuilt();
    return true;
  },
  "contacts.getStatuses": (_, context) => {
    const { world, account } = context;
    return [...mailboxOf(context).contacts].flatMap((id): Tl.contactStatus[] => {
      const user = world.users.get(id);
      const status = user && statusOf(world, account.id, user);
      return status ? [{ _: "contactStatus", user_id: BigInt(id), status }] : [];
    });
  },
  "contacts.acceptContact": ({ id }, context) => {
    const user = userOf(context, id);
    mailboxOf(context).contacts.add(user.id);
    context.world.forgetBuilt();
    const cast = new Cast(context.world, mailboxOf(context)).addUser(user.id);
    return {
      _: "updates",
      updates: [{ _: "updatePeerSettings", peer: tlPeer(userPeer(user.id)), settings: { _: "peerSettings" } }],
      users: cast.users,
      chats: [],
      date: Math.floor(context.now / 1000),
      seq: 0,
    };
  },
} satisfies Handlers;
