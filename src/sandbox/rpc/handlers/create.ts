import { eraseFrom } from "../../world/erase.js";
import { dissolve, foundChannel, foundGroup, migrate } from "../../world/founding.js";
import { fromPlace } from "../../world/history.js";
import { eachMember } from "../../world/members.js";
import { chatPeer } from "../../world/peer.js";
import { tellOf } from "../../world/told.js";
import type { Handlers } from "../handler.js";
import { checkIsCreator, standingGroup } from "./administer.js";
import { acceptTitle } from "./chat-info.js";
import { acceptPeriod, setPeriod } from "./history-ttl.js";
import { checkOneMore, letsHimselfBeAdded, MOST_IN_A_GROUP } from "./may-invite.js";
import { refuse } from "./refuse.js";
import { channelOf, userOf } from "./resolve.js";
import { tell } from "./tell.js";

const LONGEST_ABOUT = 255;
/** Larger ones only Telegram's support deletes. */
const MOST_TO_DELETE = 1000;

/** Chats begin and end. */
export const create = {
  "messages.createChat": ({ users, title: wanted, ttl_period }, context) => {
    const title = acceptTitle(wanted);
    const people = [...new Set(users.map((input) => userOf(context, input)))];
    const others = people.filter(({ id }) => id !== context.account.id);
    if (others.some(({ deleted }) => deleted)) throw refuse("INPUT_USER_DEACTIVATED");
    if (others.length >= MOST_IN_A_GROUP) throw refuse("USERS_TOO_MUCH");
    if (others.length === 0) throw refuse("USERS_TOO_FEW");
    const added = others.filter(({ id }) => letsHimselfBeAdded(context, id)).map(({ id }) => id);
    const missing = others.filter(({ id }) => !added.includes(id));
    const period = acceptPeriod(ttl_period ?? 0);
    const [group, told] = foundGroup(context.world, title, context.account.id, added);
    const vanishing = period > 0 ? setPeriod(context, group, period) : [];
    return {
      _: "messages.invitedUsers",
      updates: tell(context, [...told, ...vanishing]),
      missing_invitees: missing.map(({ id }) => ({ _: "missingInvitee", user_id: BigInt(id) })),
    };
  },
  "channels.createChannel": (request, context) => {
    const { broadcast, megagroup, forum, title: wanted, about, ttl_period } = request;
    const title = acceptTitle(wanted);
    if (about.length > LONGEST_ABOUT) throw refuse("CHAT_ABOUT_TOO_LONG");
    if (!broadcast && !megagroup && !forum) throw refuse("CHANNELS_ADMIN_PUBLIC_TOO_MUCH");
    checkOneMore(context);
    const kind = broadcast ? "channel" : "supergroup";
    const isForum = kind === "supergroup" && forum === true;
    const period = acceptPeriod(ttl_period ?? 0);
    const [channel, told] = foundChannel(context.world, { kind, title, about, isForum }, context.account.id);
    return tell(context, [...told, ...(period > 0 ? setPeriod(context, channel, period) : [])]);
  },
  "messages.migrateChat": ({ chat_id }, context) => {
    const group = standingGroup(context, chat_id);
    checkIsCreator(context, group);
    checkOneMore(context);
    const [, told] = migrate(context.world, group, context.account.id);
    return tell(context, told);
  },
  "messages.deleteChat": ({ chat_id }, context) => {
    const group = standingGroup(context, chat_id);
    checkIsCreator(context, group);
    const { world } = context;
    const viewers = world.membersAmongAccounts(group);
    for (const { userId } of [...eachMember(group.members)]) group.members.remove(userId);
    group.version += 1;
    world.invites.removeAll(chatPeer(group.id));
    const told = viewers.flatMap((viewer) => {
      const history = viewer.dialogs.get(`chat:${group.id}`)?.history;
      const ids = history ? [...fromPlace(history)].map(({ id }) => id) : [];
      const gone = eraseFrom(world, viewer, ids).told;
      viewer.dialogs.delete(`chat:${group.id}`);
      return [...gone, tellOf(world, viewer, chatPeer(group.id), { _: "updateChat", chat_id })];
    });
    tell(context, told);
    return true;
  },
  "channels.deleteChannel": ({ channel: input }, context) => {
    const channel = channelOf(context, input);
    checkIsCreator(context, channel);
    if (channel.members.count > MOST_TO_DELETE) throw refuse("CHANNEL_TOO_LARGE");
    return tell(context, dissolve(context.world, channel));
  },
} satisfies Handlers;
