import type * as Tl from "../../tl/types.js";
import type { Channel } from "../chat.js";
import type { AdminRight, Denial, Member, Restriction } from "../members.js";

/** `until_date` of a restriction that never ends. */
const FOREVER = 0x7fffffff;

/** What an admin of whom nothing else is said may do. */
const USUAL: readonly AdminRight[] = [
  "change_info",
  "delete_messages",
  "invite_users",
  "ban_users",
  "manage_call",
  "other",
];

/** What members may usually not do, and what they may not where nobody but admins writes. */
const USUALLY_DENIED: readonly Denial[] = ["change_info", "pin_messages"];
const WRITING: readonly Denial[] = [
  "send_messages",
  "send_media",
  "send_stickers",
  "send_gifs",
  "send_games",
  "send_inline",
  "send_polls",
  "send_plain",
];

const flagged = <F extends string>(names: readonly F[]): { [K in F]?: true } =>
  Object.fromEntries(names.map((name) => [name, true])) as { [K in F]?: true };

export function adminRights(kind: "group" | Channel["kind"], { role, rights }: Pick<Member, "role" | "rights">) {
  const held: readonly AdminRight[] = rights ?? [
    ...USUAL,
    ...(kind === "channel" ? (["post_messages", "edit_messages"] as const) : (["pin_messages"] as const)),
    ...(role === "creator" ? (["add_admins"] as const) : []),
  ];
  return { _: "chatAdminRights", ...flagged(held) } as const satisfies Tl.chatAdminRights;
}

function bannedRights(denied: readonly Denial[], until = FOREVER): Tl.chatBannedRights {
  return { _: "chatBannedRights", ...flagged(denied), until_date: until };
}

export const restrictionRights = ({ denied, until }: Restriction): Tl.chatBannedRights => bannedRights(denied, until);

/** What members may not do where nothing else is said. */
export const defaultBannedRights = (denied: readonly Denial[], readOnly = false): Tl.chatBannedRights =>
  bannedRights([...USUALLY_DENIED, ...denied, ...(readOnly ? WRITING : [])]);
