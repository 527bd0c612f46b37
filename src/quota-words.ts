import type { Quota } from "./errors.js";

/** What each quota counts, for a person. */
export const QUOTA_WORDS: Readonly<Record<Quota, string>> = {
  join: "joins, leaves, invitations and removals",
  dm: "direct messages",
  group_msg: "messages to groups and channels",
};
