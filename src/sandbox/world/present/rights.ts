import type * as Tl from "../../tl/types.js";
import type { Channel } from "../chat.js";
import type { Role } from "../members.js";

/** `until_date` of a restriction that never ends. */
const FOREVER = 0x7fffffff;

export function adminRights(kind: "group" | Channel["kind"], role: Role): Tl.chatAdminRights {
  const creator = role === "creator" || undefined;
  const broadcast = kind === "channel" || undefined;
  return {
    _: "chatAdminRights",
    change_info: true,
    delete_messages: true,
    invite_users: true,
    ban_users: true,
    manage_call: true,
    other: true,
    post_messages: broadcast,
    edit_messages: broadcast,
    pin_messages: broadcast ? undefined : true,
    add_admins: creator,
  };
}

/** What members may not do where nothing else is said. */
export function defaultBannedRights(readOnly: boolean): Tl.chatBannedRights {
  const denied = readOnly || undefined;
  return {
    _: "chatBannedRights",
    send_messages: denied,
    send_media: denied,
    send_stickers: denied,
    send_gifs: denied,
    send_games: denied,
    send_inline: denied,
    send_polls: denied,
    send_plain: denied,
    change_info: true,
    pin_messages: true,
    until_date: FOREVER,
  };
}
