import type { Channel } from "./chat.js";
import { expel } from "./joining.js";
import type { Restriction } from "./members.js";
import { tellChannel, type Told } from "./told.js";
import type { World } from "./world.js";

/**
 * An admin's decision about one user: denying `view_messages` throws him out and keeps him out, denying something else leaves
 * him in with less rights, denying nothing lifts what was decided before (core.telegram.org/api/rights).
 */
export function restrict(world: World, channel: Channel, userId: number, decision: Restriction): Told[] {
  const member = channel.members.get(userId);
  if (decision.denied.includes("view_messages")) {
    channel.banned.set(userId, decision);
    return member ? expel(world, channel, userId, decision.by) : [];
  }
  channel.banned.delete(userId);
  if (member) {
    const restriction = decision.denied.length > 0 ? decision : undefined;
    channel.members.add({ ...member, role: "member", rights: undefined, rank: undefined, restriction });
  }
  const mailbox = world.mailbox(userId);
  return mailbox ? [tellChannel(world, mailbox, channel.id)] : [];
}
