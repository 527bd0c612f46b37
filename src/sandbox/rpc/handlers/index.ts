import type { Handlers } from "../handler.js";
import { channels } from "./channels.js";
import { chats } from "./chats.js";
import { contacts } from "./contacts.js";
import { deletion } from "./delete.js";
import { dialogs } from "./dialogs.js";
import { edit } from "./edit.js";
import { files } from "./files.js";
import { help } from "./help.js";
import { history } from "./history.js";
import { messagesById } from "./messages-by-id.js";
import { participants } from "./participants.js";
import { readMarks } from "./read-marks.js";
import { replies } from "./replies.js";
import { searchGlobal } from "./search-global.js";
import { searchPeople } from "./search-people.js";
import { search } from "./search.js";
import { send } from "./send.js";
import { takeout } from "./takeout.js";
import { topics } from "./topics.js";
import { typing } from "./typing.js";
import { updates } from "./updates.js";
import { users } from "./users.js";

export { WITHOUT_ACCOUNT } from "./without-account.js";

/** Every method this server carries out. */
export const handlers: Handlers = {
  ...channels,
  ...chats,
  ...contacts,
  ...deletion,
  ...dialogs,
  ...edit,
  ...files,
  ...help,
  ...history,
  ...messagesById,
  ...participants,
  ...readMarks,
  ...replies,
  ...search,
  ...searchGlobal,
  ...searchPeople,
  ...send,
  ...takeout,
  ...topics,
  ...typing,
  ...updates,
  ...users,
};
