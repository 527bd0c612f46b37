import type { Peer } from "../../telegram/peer.js";
import type { Prepared } from "../operation.js";

/** What messages cost, by the peer that they really go to; notes to oneself cost nothing. */
export const messageCost = (
  { kind, id }: Peer,
  units: number,
  selfId: number | undefined,
): Prepared<unknown>["cost"] => (id === selfId ? undefined : { quota: kind === "user" ? "dm" : "group_msg", units });
