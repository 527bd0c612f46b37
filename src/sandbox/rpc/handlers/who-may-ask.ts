import type * as Tl from "../../tl/types.js";
import type { Handlers, RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { WITHOUT_ACCOUNT } from "./without-account.js";

/** "Only bots can use this method": core.telegram.org/method, and methods.csv of Telethon. */
const BOTS_ONLY: ReadonlySet<string> = new Set<Tl.MethodName>([
  "bots.setBotCommands",
  "bots.resetBotCommands",
  "bots.getBotCommands",
  "bots.setBotMenuButton",
  "bots.getBotMenuButton",
  "bots.setBotGroupDefaultAdminRights",
  "bots.setBotBroadcastDefaultAdminRights",
  "help.setBotUpdatesStatus",
  "messages.setBotCallbackAnswer",
  "messages.setInlineBotResults",
]);

/** "Both users and bots can use this method"; everything else is for people alone. */
const BOTS_TOO: ReadonlySet<string> = new Set<Tl.MethodName>([
  "bots.setBotInfo",
  "bots.getBotInfo",
  "channels.createForumTopic",
  "channels.deleteMessages",
  "channels.deleteParticipantHistory",
  "channels.deleteTopicHistory",
  "channels.editAdmin",
  "channels.editBanned",
  "channels.editForumTopic",
  "channels.editPhoto",
  "channels.editTitle",
  "channels.getChannels",
  "channels.getForumTopicsByID",
  "channels.getFullChannel",
  "channels.getMessages",
  "channels.getParticipant",
  "channels.getParticipants",
  "channels.leaveChannel",
  "contacts.resolveUsername",
  "messages.deleteChatUser",
  "messages.deleteMessages",
  "messages.editChatAbout",
  "messages.editChatDefaultBannedRights",
  "messages.editChatPhoto",
  "messages.editChatTitle",
  "messages.editExportedChatInvite",
  "messages.editMessage",
  "messages.exportChatInvite",
  "messages.forwardMessages",
  "messages.getChats",
  "messages.getCustomEmojiDocuments",
  "messages.getFullChat",
  "messages.getMessages",
  "messages.getStickerSet",
  "messages.hideChatJoinRequest",
  "messages.sendMedia",
  "messages.sendMessage",
  "messages.sendMultiMedia",
  "messages.sendReaction",
  "messages.setTyping",
  "messages.unpinAllMessages",
  "messages.updatePinnedMessage",
  "messages.uploadMedia",
  "photos.getUserPhotos",
  "updates.getChannelDifference",
  "updates.getDifference",
  "updates.getState",
  "upload.getFile",
  "upload.getFileHashes",
  "upload.saveBigFilePart",
  "upload.saveFilePart",
  "users.getFullUser",
  "users.getUsers",
]);

/** @throws BOT_METHOD_INVALID to bots, USER_BOT_REQUIRED to people */
function check(method: string, { world, account }: RequestContext): void {
  const isBot = world.isBot(account.id);
  if (isBot && !BOTS_ONLY.has(method) && !BOTS_TOO.has(method)) throw refuse("BOT_METHOD_INVALID");
  if (!isBot && BOTS_ONLY.has(method)) throw refuse("USER_BOT_REQUIRED");
}

/** The same handlers, for those alone whom Telegram lets ask. */
export function forWhoMayAsk(handlers: Handlers): Handlers {
  type Carry = (request: never, context: RequestContext) => unknown;
  const all = Object.entries(handlers) as [string, Carry][];
  const checked = all.map(([method, carry]): [string, Carry] => {
    if (WITHOUT_ACCOUNT.has(method)) return [method, carry];
    const checkFirst: Carry = (request, context) => {
      check(method, context);
      return carry(request, context);
    };
    return [method, checkFirst];
  });
  return Object.fromEntries(checked);
}
