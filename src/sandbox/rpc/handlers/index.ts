import type { Handlers } from "../handler.js";
import { accountSettings } from "./account-settings.js";
import { adminLog } from "./admin-log.js";
import { admins } from "./admins.js";
import { blocked } from "./blocked.js";
import { botSettings } from "./bot-settings.js";
import { bots } from "./bots.js";
import { callbacks } from "./callbacks.js";
import { channels } from "./channels.js";
import { chatInfo } from "./chat-info.js";
import { chatPhoto } from "./chat-photo.js";
import { chats } from "./chats.js";
import { clearHistory } from "./clear-history.js";
import { contacts } from "./contacts.js";
import { create } from "./create.js";
import { deletion } from "./delete.js";
import { dialogSettings } from "./dialog-settings.js";
import { dialogs } from "./dialogs.js";
import { discussions } from "./discussions.js";
import { drafts } from "./drafts.js";
import { edit } from "./edit.js";
import { editContacts } from "./edit-contacts.js";
import { editTopics } from "./edit-topics.js";
import { files } from "./files.js";
import { folders } from "./folders.js";
import { forward } from "./forward.js";
import { help } from "./help.js";
import { history } from "./history.js";
import { historyTtl } from "./history-ttl.js";
import { inline } from "./inline.js";
import { invite } from "./invite.js";
import { join } from "./join.js";
import { joinRequests } from "./join-requests.js";
import { langpack } from "./langpack.js";
import { links } from "./links.js";
import { mentionMarks } from "./mentions.js";
import { messagesById } from "./messages-by-id.js";
import { participants } from "./participants.js";
import { payments } from "./payments.js";
import { peerSettings } from "./peer-settings.js";
import { phoneBook } from "./phone-book.js";
import { pin } from "./pin.js";
import { polls } from "./polls.js";
import { privacy } from "./privacy.js";
import { profile } from "./profile.js";
import { quiet } from "./quiet.js";
import { reach } from "./reach.js";
import { react } from "./react.js";
import { reactions } from "./reactions.js";
import { readMarks } from "./read-marks.js";
import { readThreads } from "./read-threads.js";
import { remove } from "./remove.js";
import { replies } from "./replies.js";
import { savedChats } from "./saved-chats.js";
import { scheduled } from "./scheduled.js";
import { search } from "./search.js";
import { searchGlobal } from "./search-global.js";
import { searchPeople } from "./search-people.js";
import { send } from "./send.js";
import { sendMedia } from "./send-media.js";
import { stories } from "./stories.js";
import { stickers } from "./stickers.js";
import { takeout } from "./takeout.js";
import { topPeers } from "./top-peers.js";
import { topics } from "./topics.js";
import { typing } from "./typing.js";
import { updates } from "./updates.js";
import { uploadParts } from "./upload-parts.js";
import { usernames } from "./usernames.js";
import { users } from "./users.js";
import { forWhoMayAsk } from "./who-may-ask.js";

/** Every method this server carries out. */
export const handlers: Handlers = forWhoMayAsk({
  ...accountSettings,
  ...adminLog,
  ...admins,
  ...blocked,
  ...botSettings,
  ...bots,
  ...callbacks,
  ...channels,
  ...chatInfo,
  ...chatPhoto,
  ...chats,
  ...clearHistory,
  ...contacts,
  ...create,
  ...deletion,
  ...dialogSettings,
  ...dialogs,
  ...discussions,
  ...drafts,
  ...edit,
  ...editContacts,
  ...editTopics,
  ...files,
  ...folders,
  ...forward,
  ...help,
  ...history,
  ...historyTtl,
  ...inline,
  ...invite,
  ...join,
  ...joinRequests,
  ...langpack,
  ...links,
  ...mentionMarks,
  ...messagesById,
  ...participants,
  ...payments,
  ...peerSettings,
  ...phoneBook,
  ...pin,
  ...polls,
  ...privacy,
  ...profile,
  ...quiet,
  ...reach,
  ...react,
  ...reactions,
  ...readMarks,
  ...readThreads,
  ...remove,
  ...replies,
  ...savedChats,
  ...scheduled,
  ...search,
  ...searchGlobal,
  ...searchPeople,
  ...send,
  ...sendMedia,
  ...stickers,
  ...stories,
  ...takeout,
  ...topPeers,
  ...topics,
  ...typing,
  ...updates,
  ...uploadParts,
  ...usernames,
  ...users,
});
