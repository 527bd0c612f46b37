import type * as Tl from "../../tl/types.js";
import type { Deed } from "../../world/admin-log.js";

type Flag = Exclude<keyof Tl.channelAdminLogEventsFilter, "_">;
type Action = Tl.TypeChannelAdminLogEventAction;

/** Under which flag of the filter a deed falls (core.telegram.org/constructor/channelAdminLogEventsFilter). */
const FLAGS: Readonly<Partial<Record<Action["_"], Flag>>> = {
  channelAdminLogEventActionParticipantJoin: "join",
  channelAdminLogEventActionParticipantJoinByInvite: "join",
  channelAdminLogEventActionParticipantJoinByRequest: "join",
  channelAdminLogEventActionParticipantLeave: "leave",
  channelAdminLogEventActionParticipantInvite: "invite",
  channelAdminLogEventActionChangeTitle: "info",
  channelAdminLogEventActionChangeAbout: "info",
  channelAdminLogEventActionChangeUsername: "info",
  channelAdminLogEventActionChangePhoto: "info",
  channelAdminLogEventActionExportedInviteEdit: "invites",
  channelAdminLogEventActionExportedInviteRevoke: "invites",
  channelAdminLogEventActionExportedInviteDelete: "invites",
  channelAdminLogEventActionCreateTopic: "forums",
  channelAdminLogEventActionEditTopic: "forums",
  channelAdminLogEventActionDeleteTopic: "forums",
  channelAdminLogEventActionPinTopic: "forums",
};

const OF_MESSAGES = {
  edited: "edit",
  "poll-stopped": "edit",
  deleted: "delete",
  pinned: "pinned",
  sent: "send",
} as const;

const deniedTo = (one: Tl.TypeChannelParticipant): Tl.TypeChatBannedRights | undefined =>
  one._ === "channelParticipantBanned" ? one.banned_rights : undefined;

const isAdmin = ({ _ }: Tl.TypeChannelParticipant): boolean =>
  _ === "channelParticipantAdmin" || _ === "channelParticipantCreator";

/** Who was thrown out or let in again; who may do less than the others, or as much again. */
function flagsOfBan(before: Tl.TypeChannelParticipant, after: Tl.TypeChannelParticipant): readonly Flag[] {
  const [was, is] = [deniedTo(before), deniedTo(after)];
  const [wasOut, isOut] = [was?.view_messages === true, is?.view_messages === true];
  if (wasOut !== isOut) return [isOut ? "kick" : "unkick"];
  return [is ? "ban" : "unban"];
}

function flagsOf(deed: Deed): readonly Flag[] {
  if ("kind" in deed) return [OF_MESSAGES[deed.kind]];
  if (deed._ === "channelAdminLogEventActionParticipantToggleBan") {
    return flagsOfBan(deed.prev_participant, deed.new_participant);
  }
  if (deed._ === "channelAdminLogEventActionParticipantToggleAdmin") {
    return [isAdmin(deed.new_participant) ? "promote" : "demote"];
  }
  // What else there is are changes of what the chat allows.
  return [FLAGS[deed._] ?? "settings"];
}

export const wants = (filter: Tl.TypeChannelAdminLogEventsFilter, deed: Deed): boolean =>
  flagsOf(deed).some((flag) => filter[flag] === true);
