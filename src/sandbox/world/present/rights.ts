import type * as Tl from "../../tl/types.js";
import type { Channel } from "../chat.js";
import { usualRights, type AdminRight, type Denial, type Member, type Restriction } from "../members.js";

/** `until_date` of a restriction that never ends. */
const FOREVER = 0x7fffffff;

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
    ...usualRights(kind),
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
