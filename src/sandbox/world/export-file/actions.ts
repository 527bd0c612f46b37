import type * as Tl from "../../tl/types.js";
import { TOPIC_COLOUR } from "../forum.js";
import { tlPeer, userPeer } from "../peer.js";
import type { People } from "./people.js";
import type { ExportedMessage } from "./schema.js";

interface Told {
  readonly people: People;
  readonly message: ExportedMessage;
  readonly actor: number;
  /** The people named in it. */
  readonly users: readonly bigint[];
}

type Read = (told: Told) => Tl.TypeMessageAction;

const NO_CALL = { _: "inputGroupCall", id: 0n, access_hash: 0n } as const;
const NO_PHOTO = { _: "photoEmpty", id: 0n } as const;

const person = (people: People, name: string | null | undefined) =>
  tlPeer(userPeer(people.named(name ?? "Deleted Account")));

const wallpaper: Read = ({ message: { action } }) => ({
  _: "messageActionSetChatWallPaper",
  same: action === "set_same_chat_wallpaper" || undefined,
  wallpaper: { _: "wallPaperNoFile", id: 0n },
});

/** What Telegram Desktop calls the actions (export_output_json.cpp of its sources). */
const ACTIONS: Readonly<Record<string, Read>> = {
  create_group: ({ message, users }) => ({ _: "messageActionChatCreate", title: message.title ?? "", users }),
  create_channel: ({ message }) => ({ _: "messageActionChannelCreate", title: message.title ?? "" }),
  edit_group_title: ({ message }) => ({ _: "messageActionChatEditTitle", title: message.title ?? "" }),
  edit_group_photo: () => ({ _: "messageActionChatEditPhoto", photo: NO_PHOTO }),
  delete_group_photo: () => ({ _: "messageActionChatDeletePhoto" }),
  invite_members: ({ users }) => ({ _: "messageActionChatAddUser", users }),
  remove_members: ({ users, actor }) => ({ _: "messageActionChatDeleteUser", user_id: users[0] ?? BigInt(actor) }),
  join_group_by_link: ({ people, message, actor }) => {
    const inviter_id = BigInt(message.inviter ? people.named(message.inviter) : actor);
    return { _: "messageActionChatJoinedByLink", inviter_id };
  },
  join_group_by_request: () => ({ _: "messageActionChatJoinedByRequest" }),
  migrate_to_supergroup: () => ({ _: "messageActionChatMigrateTo", channel_id: 0n }),
  migrate_from_group: ({ message }) => ({
    _: "messageActionChannelMigrateFrom",
    title: message.title ?? "",
    chat_id: 0n,
  }),
  pin_message: () => ({ _: "messageActionPinMessage" }),
  clear_history: () => ({ _: "messageActionHistoryClear" }),
  joined_telegram: () => ({ _: "messageActionContactSignUp" }),
  take_screenshot: () => ({ _: "messageActionScreenshotTaken" }),
  phone_call: ({ message }) => call(message),
  group_call: ({ message }) => ({ _: "messageActionGroupCall", call: NO_CALL, duration: message.duration }),
  group_call_scheduled: ({ message }) => {
    const schedule_date = message.schedule_date ?? 0;
    return { _: "messageActionGroupCallScheduled", call: NO_CALL, schedule_date };
  },
  invite_to_group_call: ({ users }) => ({ _: "messageActionInviteToGroupCall", call: NO_CALL, users }),
  score_in_game: ({ message }) => ({ _: "messageActionGameScore", game_id: 0n, score: message.score ?? 0 }),
  send_payment: ({ message }) => ({
    _: "messageActionPaymentSent",
    currency: message.currency ?? "",
    total_amount: BigInt(Math.round(message.amount ?? 0)),
  }),
  set_messages_ttl: ({ message }) => ({ _: "messageActionSetMessagesTTL", period: message.period ?? 0 }),
  edit_chat_theme: ({ message }) => ({ _: "messageActionSetChatTheme", emoticon: message.emoticon ?? "" }),
  send_webview_data: ({ message }) => ({
    _: "messageActionWebViewDataSent",
    text: typeof message.text === "string" ? message.text : "",
  }),
  allow_sending_messages: ({ message }) => ({ _: "messageActionBotAllowed", domain: message.reason_domain ?? "" }),
  attach_menu_bot_allowed: () => ({ _: "messageActionBotAllowed", attach_menu: true }),
  web_app_bot_allowed: () => ({ _: "messageActionBotAllowed", from_request: true }),
  proximity_reached: ({ people, message }) => ({
    _: "messageActionGeoProximityReached",
    from_id: person(people, message.from),
    to_id: person(people, message.to),
    distance: message.distance ?? 0,
  }),
  topic_created: ({ message }) => ({
    _: "messageActionTopicCreate",
    title: message.title ?? "",
    icon_color: TOPIC_COLOUR,
  }),
  topic_edit: ({ message }) => ({
    _: "messageActionTopicEdit",
    title: message.new_title,
    icon_emoji_id: message.new_icon_emoji_id === undefined ? undefined : BigInt(message.new_icon_emoji_id),
  }),
  suggest_profile_photo: () => ({ _: "messageActionSuggestProfilePhoto", photo: NO_PHOTO }),
  set_chat_wallpaper: wallpaper,
  set_same_chat_wallpaper: wallpaper,
  boost_apply: ({ message }) => ({ _: "messageActionBoostApply", boosts: message.boosts ?? 0 }),
  giveaway_launch: () => ({ _: "messageActionGiveawayLaunch" }),
};

/** The action of a service message. What has no counterpart here is told in words. */
export function readAction(people: People, message: ExportedMessage, actor: number): Tl.TypeMessageAction {
  const { action = "" } = message;
  const users = (message.members ?? []).map((name) => BigInt(people.named(name ?? "Deleted Account")));
  const read = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  return (
    read?.({ people, message, actor, users }) ?? { _: "messageActionCustomAction", message: action || message.type }
  );
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
