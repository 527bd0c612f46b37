import type { ActionDetails } from "../../models/action.js";

type Fields = Readonly<Record<string, unknown>>;
type Written = readonly [action: string, fields?: (details: ActionDetails) => Fields];

const members = ({ userNames, userIds }: ActionDetails): Fields => ({
  members: userNames ?? userIds?.map(() => null),
});
const title = (details: ActionDetails): Fields => ({ title: details.title });

/** Telegram Desktop's words for service messages, by TL's. */
const ACTIONS: Readonly<Record<string, Written>> = {
  chatCreate: ["create_group", (details) => ({ ...title(details), ...members(details) })],
  channelCreate: ["create_channel", title],
  chatEditTitle: ["edit_group_title", title],
  chatEditPhoto: ["edit_group_photo", ({ photo }) => ({ width: photo?.width, height: photo?.height })],
  chatDeletePhoto: ["delete_group_photo"],
  chatAddUser: ["invite_members", members],
  chatDeleteUser: ["remove_members", members],
  chatJoinedByLink: ["join_group_by_link"],
  chatJoinedByRequest: ["join_group_by_request"],
  chatMigrateTo: ["migrate_to_supergroup"],
  channelMigrateFrom: ["migrate_from_group", title],
  pinMessage: ["pin_message", ({ messageId }) => ({ message_id: messageId })],
  historyClear: ["clear_history"],
  gameScore: ["score_in_game", ({ messageId, score }) => ({ game_message_id: messageId, score })],
  phoneCall: [
    "phone_call",
    ({ durationSeconds, reason }) => ({ duration_seconds: durationSeconds, discard_reason: reason }),
  ],
  screenshotTaken: ["take_screenshot"],
  contactSignUp: ["joined_telegram"],
  groupCall: ["group_call", ({ durationSeconds }) => ({ duration: durationSeconds })],
  inviteToGroupCall: ["invite_to_group_call", members],
  setMessagesTTL: ["set_messages_ttl", ({ periodSeconds }) => ({ period: periodSeconds })],
  setChatTheme: ["edit_chat_theme", ({ emoji }) => ({ emoticon: emoji })],
  topicCreate: ["topic_created", ({ title, iconEmojiId }) => ({ title, icon_emoji_id: iconEmojiId })],
  topicEdit: ["topic_edit", ({ title, iconEmojiId }) => ({ new_title: title, new_icon_emoji_id: iconEmojiId })],
};

/** An action without a word of its own keeps TL's, in Telegram Desktop's spelling. */
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export function desktopAction(action: string, details: ActionDetails = {}): Fields {
  // Bots and services may write a text of their own there; what was read from a file keeps the word it had.
  if (action === "customAction") return { action: details.text };
  const [name, fields] = ACTIONS[action] ?? [snake(action)];
  return { action: name, ...fields?.(details) };
}
