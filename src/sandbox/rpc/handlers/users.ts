import type * as Tl from "../../tl/types.js";
import { Cast } from "../../world/present/cast.js";
import { presentPhoto } from "../../world/present/media.js";
import type { Privacy } from "../../world/relations.js";
import { presentBot } from "../../world/present/bot.js";
import { presentUser } from "../../world/present/user.js";
import type { User } from "../../world/users.js";
import { RpcError, type Handlers, type RequestContext } from "../handler.js";
import { notifySettings, pinnedIn } from "./settings.js";
import { mailboxOf, userOf } from "./resolve.js";

/** Somebody who cannot be found is an empty place in the list, not an error. */
function userOrEmpty(context: RequestContext, input: Tl.TypeInputUser): Tl.TypeUser {
  try {
    return presentUser(context.world, mailboxOf(context), userOf(context, input));
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return { _: "userEmpty", id: input._ === "inputUser" ? input.user_id : 0n };
  }
}

function full(context: RequestContext, user: User): Tl.userFull {
  const mailbox = mailboxOf(context);
  const dialog = mailbox.dialogs.get(`user:${user.id}`);
  const [photo] = user.photos ?? [];
  const sees = (what: keyof Privacy) => context.world.relations.allows(user.id, what, context.account.id);
  const common = [...context.world.groups.values(), ...context.world.channels.values()].filter(
    (chat) => chat.kind !== "channel" && chat.members.get(user.id) && chat.members.get(context.account.id),
  );
  return {
    _: "userFull",
    blocked: context.world.relations.hasBlocked(context.account.id, user.id) || undefined,
    id: BigInt(user.id),
    about: sees("about") ? user.about : undefined,
    profile_photo: photo && sees("photo") ? presentPhoto(context.world, photo) : undefined,
    phone_calls_available: (!user.bot && sees("calls")) || undefined,
    voice_messages_forbidden: !sees("voices") || undefined,
    settings: { _: "peerSettings" },
    notify_settings: notifySettings(dialog),
    ...(user.bot ? botPart(context, user) : {}),
    ttl_period: dialog?.ttlPeriod || undefined,
    pinned_msg_id: dialog && pinnedIn(dialog.history),
    can_pin_message: true,
    common_chats_count: user.id === context.account.id ? 0 : common.length,
  };
}

function botPart({ world, account }: RequestContext, bot: User) {
  const { groupRights, broadcastRights } = world.botSettings.of(bot.id);
  return {
    bot_info: presentBot(world, bot, { to: account.id, peer: `user:${account.id}` }),
    bot_group_admin_rights: groupRights,
    bot_broadcast_admin_rights: broadcastRights,
  };
}

export const users = {
  "users.getUsers": ({ id }, context) => id.map((input) => userOrEmpty(context, input)),
  "users.getFullUser": ({ id }, context) => {
    const user = userOf(context, id);
    const cast = new Cast(context.world, mailboxOf(context)).addUser(user.id);
    return { _: "users.userFull", full_user: full(context, user), chats: cast.chats, users: cast.users };
  },
} satisfies Handlers;
