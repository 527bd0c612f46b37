import type { Participant } from "../../models/participant.js";
import type { Column } from "../formats/csv.js";

export const PARTICIPANT_COLUMNS: readonly Column<Participant>[] = [
  ["id", ({ id }) => id],
  ["username", ({ username }) => username],
  ["first_name", ({ firstName }) => firstName],
  ["last_name", ({ lastName }) => lastName],
  ["phone", ({ phone }) => phone],
  ["is_bot", ({ isBot }) => isBot],
  ["is_verified", ({ isVerified }) => isVerified],
  ["is_premium", ({ isPremium }) => isPremium],
  ["is_deleted", ({ isDeleted }) => isDeleted],
  ["status", ({ status }) => status],
  ["role", ({ role }) => role],
  ["rank", ({ rank }) => rank],
  ["joined_date", ({ joinedDate }) => joinedDate],
  ["invited_by", ({ invitedBy }) => invitedBy],
];
