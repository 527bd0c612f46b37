import type { Handlers } from "../handler.js";
import { blocked } from "./blocked.js";
import { channels } from "./channels.js";
import { chats } from "./chats.js";
import { clearHistory } from "./clear-history.js";
import { contacts } from "./contacts.js";
import { deletion } from "./delete.js";
import { dialogs } from "./dialogs.js";
import { drafts } from "./drafts.js";
import { edit } from "./edit.js";
import { editContacts } from "./edit-contacts.js";
import { files } from "./files.js";
import { folders } from "./folders.js";
import { forward } from "./forward.js";
import { help } from "./help.js";
import { history } from "./history.js";
import { invite } from "./invite.js";
import { join } from "./join.js";
import { messagesById } from "./messages-by-id.js";
import { participants } from "./participants.js";
import { pin } from "./pin.js";
import { react } from "./react.js";
import { readMarks } from "./read-marks.js";
import { remove } from "./remove.js";
import { replies } from "./replies.js";
import { scheduled } from "./scheduled.js";
import { searchGlobal } from "./search-global.js";
import { searchPeople } from "./search-people.js";
import { search } from "./search.js";
import { sendMedia } from "./send-media.js";
import { send } from "./send.js";
import { takeout } from "./takeout.js";
import { topics } from "./topics.js";
import { typing } from "./typing.js";
import { updates } from "./updates.js";
import { uploadParts } from "./upload-parts.js";
import { users } from "./users.js";

/** Every method this server carries out. */
export const handlers: Handlers = {
  ...blocked,
  ...channels,
  ...chats,
  ...clearHistory,
  ...contacts,
  ...deletion,
  ...dialogs,
  ...drafts,
  ...edit,
  ...editContacts,
  ...files,
  ...folders,
  ...forward,
  ...help,
  ...history,
  ...invite,
  ...join,
  ...messagesById,
  ...participants,
  ...pin,
  ...react,
  ...readMarks,
  ...remove,
  ...replies,
  ...scheduled,
  ...search,
  ...searchGlobal,
  ...searchPeople,
  ...send,
  ...sendMedia,
  ...takeout,
  ...topics,
  ...typing,
  ...updates,
  ...uploadParts,
  ...users,
};
