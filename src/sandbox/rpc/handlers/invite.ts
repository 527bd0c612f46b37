import type * as Tl from "../../tl/types.js";
import type { Channel, Group } from "../../world/chat.js";
import { admit, showPast } from "../../world/joining.js";
import type { Told } from "../../world/told.js";
import type { Handlers, RequestContext } from "../handler.js";
import { lastingGroup } from "./administer.js";
import { checkMayBeAdded, checkMayInvite, checkRoom, letsHimselfBeAdded } from "./may-invite.js";
import { refuse } from "./refuse.js";
import { channelOf, mailboxOf, userOf } from "./resolve.js";
import { tell } from "./tell.js";

interface Invited {
  readonly missing: readonly number[];
  readonly added: readonly number[];
}

/** Nobody is added as long as one of them may not be. */
function sorted(context: RequestContext, chat: Group | Channel, inputs: readonly Tl.TypeInputUser[]): Invited {
  const users = [...new Set(inputs.map((input) => userOf(context, input)))];
  const fresh = users.filter(({ id }) => !chat.members.get(id));
  checkRoom(chat, fresh.length);
  for (const user of fresh) checkMayBeAdded(context, chat, user);
  const missing = fresh.map(({ id }) => id).filter((id) => !letsHimselfBeAdded(context, id));
  return { missing, added: fresh.map(({ id }) => id).filter((id) => !missing.includes(id)) };
}

function answer(context: RequestContext, told: readonly Told[], missing: readonly number[]): Tl.messages_invitedUsers {
  const missing_invitees = missing.map((id) => ({ _: "missingInvitee" as const, user_id: BigInt(id) }));
  return { _: "messages.invitedUsers", updates: tell(context, told), missing_invitees };
}

/** core.telegram.org/api/invites#direct-invites */
export const invite = {
  "channels.inviteToChannel": ({ channel: input, users }, context) => {
    const channel = channelOf(context, input);
    checkMayInvite(context, channel);
    const { added, missing } = sorted(context, channel, users);
    const entrance = { by: "invitation", inviter: context.account.id } as const;
    const told = added.flatMap((id) => admit(context.world, channel, id, entrance));
    return answer(context, told, missing);
  },
  "messages.addChatUser": ({ chat_id, user_id, fwd_limit }, context) => {
    const group = lastingGroup(context, chat_id);
    checkMayInvite(context, group);
    if (group.members.get(userOf(context, user_id).id)) throw refuse("USER_ALREADY_PARTICIPANT");
    const { added, missing } = sorted(context, group, [user_id]);
    const { world, account } = context;
    const past = mailboxOf(context);
    const told = added.flatMap((id) => [
      ...showPast(world, group, id, past, Math.min(Math.max(0, fwd_limit), 100)),
      ...admit(world, group, id, { by: "invitation", inviter: account.id }),
    ]);
    return answer(context, told, missing);
  },
} satisfies Handlers;
