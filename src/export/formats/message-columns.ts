import type { ExportedMessage } from "../exported-message.js";
import type { Column } from "./csv.js";

/** The columns of a CSV file of messages: what a table can hold. JSON Lines have everything. */
export const MESSAGE_COLUMNS: readonly Column<ExportedMessage>[] = [
  ["id", ({ id }) => id],
  ["date", ({ date }) => date],
  ["edit_date", ({ editDate }) => editDate],
  ["type", ({ type }) => type],
  ["from_id", ({ fromId }) => fromId],
  ["from_name", ({ senderName }) => senderName],
  ["text", ({ text }) => text],
  ["reply_to_msg_id", ({ replyTo }) => replyTo?.messageId],
  ["topic_id", ({ replyTo }) => replyTo?.threadId],
  ["fwd_from_id", ({ forward }) => forward?.fromId],
  ["fwd_from_name", ({ forward }) => forward?.fromName],
  ["fwd_date", ({ forward }) => forward?.date],
  ["media_type", ({ media }) => media?.type],
  ["media_name", ({ media }) => media?.fileName],
  ["media_file", ({ file }) => file],
  ["media_size", ({ media }) => media?.sizeBytes],
  ["views", ({ views }) => views],
  ["forwards", ({ forwards }) => forwards],
  ["is_pinned", ({ isPinned }) => isPinned],
  ["action", ({ action }) => action],
];
