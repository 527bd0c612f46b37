import type * as Tl from "../../tl/types.js";
import type { People } from "./people.js";
import type { ExportedMessage } from "./schema.js";

/** The action of a service message. What has no counterpart here is told in words. */
export function readAction(people: People, message: ExportedMessage, actor: number): Tl.TypeMessageAction {
  const { action = "", title = "" } = message;
  const users = (message.members ?? []).map((name) => BigInt(people.named(name ?? "Deleted Account")));
  switch (action) {
    case "create_group":
      return { _: "messageActionChatCreate", title, users };
    case "create_channel":
      return { _: "messageActionChannelCreate", title };
    case "edit_group_title":
      return { _: "messageActionChatEditTitle", title };
    case "edit_group_photo":
      return { _: "messageActionChatEditPhoto", photo: { _: "photoEmpty", id: 0n } };
    case "delete_group_photo":
      return { _: "messageActionChatDeletePhoto" };
    case "invite_members":
      return { _: "messageActionChatAddUser", users };
    case "remove_members":
      return { _: "messageActionChatDeleteUser", user_id: users[0] ?? BigInt(actor) };
    case "join_group_by_link":
      return { _: "messageActionChatJoinedByLink", inviter_id: BigInt(actor) };
    case "join_group_by_request":
      return { _: "messageActionChatJoinedByRequest" };
    case "pin_message":
      return { _: "messageActionPinMessage" };
    case "clear_history":
      return { _: "messageActionHistoryClear" };
    case "joined_telegram":
      return { _: "messageActionContactSignUp" };
    case "phone_call":
      return call(message);
    default:
      return { _: "messageActionCustomAction", message: action || message.type };
  }
}

const REASONS = {
  missed: "phoneCallDiscardReasonMissed",
  disconnect: "phoneCallDiscardReasonDisconnect",
  hangup: "phoneCallDiscardReasonHangup",
  busy: "phoneCallDiscardReasonBusy",
} as const;

const isReason = (reason: string): reason is keyof typeof REASONS => Object.hasOwn(REASONS, reason);

function call({ discard_reason = "", duration_seconds: duration }: ExportedMessage): Tl.messageActionPhoneCall {
  const reason = isReason(discard_reason) ? { _: REASONS[discard_reason] } : undefined;
  return { _: "messageActionPhoneCall", call_id: 0n, reason, duration };
}
