import type * as Tl from "../../tl/types.js";
import type { Denial } from "../../world/members.js";

/** Which rights are denied, by name. */
export function denials(rights: Tl.TypeChatBannedRights): Denial[] {
  return Object.entries(rights).flatMap(([name, set]) => (set === true ? [name as Denial] : []));
}
