import { Cast } from "../../world/present/cast.js";
import { updatesOf } from "../../world/present/updates.js";
import type { Handlers, RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { mailboxOf, userOf } from "./resolve.js";

/** The other sessions see the people anew, and whether they are contacts. */
function answer(context: RequestContext, ids: readonly number[]) {
  const viewer = mailboxOf(context);
  context.world.forgetBuilt();
  const cast = new Cast(context.world, viewer);
  const updates = ids.map((id) => {
    cast.addUser(id);
    const settings = { _: "peerSettings" } as const;
    return { _: "updatePeerSettings", peer: { _: "peerUser", user_id: BigInt(id) }, settings } as const;
  });
  const told = updatesOf(cast, updates);
  context.push(context.account, told);
  return told;
}

/** From now on he sees the account's number. */
function letSeeNumber({ world, account }: RequestContext, user: number): void {
  const rule = world.relations.ruleOf(account.id, "phone");
  if (!rule.allowed.includes(user)) {
    world.relations.setRule(account.id, "phone", { ...rule, allowed: [...rule.allowed, user] });
  }
}

export const editContacts = {
  "contacts.addContact": ({ id, first_name, last_name, add_phone_privacy_exception }, context) => {
    const user = userOf(context, id);
    if (user.id === context.account.id) throw refuse("CONTACT_ID_INVALID");
    if (first_name.trim() === "") throw refuse("CONTACT_NAME_EMPTY");
    const { contacts, contactNames } = mailboxOf(context);
    contacts.add(user.id);
    contactNames.set(user.id, { first: first_name.trim(), last: last_name.trim() });
    if (add_phone_privacy_exception) letSeeNumber(context, user.id);
    return answer(context, [user.id]);
  },
  "contacts.deleteContacts": ({ id: inputs }, context) => {
    const ids = inputs.map((input) => userOf(context, input).id);
    for (const id of ids) mailboxOf(context).contacts.delete(id);
    return answer(context, ids);
  },
} satisfies Handlers;
