import type { ServerContext } from "../mcp/context.js";
import type { Tool } from "../mcp/tool.js";
import { SHARED_TOOLS } from "../mcp/tools/index.js";
import { downloadMedia } from "./tools/download-media.js";
import { exportMessages } from "./tools/export-messages.js";
import { exportParticipants } from "./tools/export-participants.js";
import { getContacts } from "./tools/get-contacts.js";
import { getGroupCreationDate } from "./tools/get-group-creation-date.js";
import { getMessageCount } from "./tools/get-message-count.js";
import { getMessagesSince } from "./tools/get-messages-since.js";
import { getMessages } from "./tools/get-messages.js";
import { getParticipants } from "./tools/get-participants.js";
import { getPinnedMessages } from "./tools/get-pinned-messages.js";
import { getReplies } from "./tools/get-replies.js";
import { getTopicMessages } from "./tools/get-topic-messages.js";
import { getTopics } from "./tools/get-topics.js";
import { getUserById } from "./tools/get-user-by-id.js";
import { searchMessages } from "./tools/search-messages.js";
import { searchParticipants } from "./tools/search-participants.js";
import { waitForMessages } from "./tools/wait-for-messages.js";

/** All tools of the reading server. */
export const READ_TOOLS: readonly Tool<ServerContext>[] = [
  ...SHARED_TOOLS,
  downloadMedia,
  exportMessages,
  exportParticipants,
  getContacts,
  getGroupCreationDate,
  getMessageCount,
  getMessagesSince,
  getMessages,
  getParticipants,
  getPinnedMessages,
  getReplies,
  getTopicMessages,
  getTopics,
  getUserById,
  searchMessages,
  searchParticipants,
  waitForMessages,
];
