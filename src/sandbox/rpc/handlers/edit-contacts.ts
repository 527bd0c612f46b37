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

/** Names given to contacts are not kept: people here go by their own. */
export const editContacts = {
  "contacts.addContact": ({ id, first_name }, context) => {
    const user = userOf(context, id);
    if (user.id === context.account.id) throw refuse("CONTACT_ID_INVALID");
    if (first_name.trim() === "") throw refuse("CONTACT_NAME_EMPTY");
    mailboxOf(context).contacts.add(user.id);
    return answer(context, [user.id]);
  },
  "contacts.deleteContacts": ({ id: inputs }, context) => {
    const ids = inputs.map((input) => userOf(context, input).id);
    for (const id of ids) mailboxOf(context).contacts.delete(id);
    return answer(context, ids);
  },
} satisfies Handlers;
