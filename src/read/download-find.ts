import { GuardError } from "../errors.js";
import type { Media } from "../models/media.js";
import type { Message } from "../models/message.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { RemoteFile } from "./download-file.js";
import type { SeenFiles } from "./download-seen.js";
import { messagesByIds } from "./messages-by-id.js";
import { messages } from "./messages.js";
import type { ReadOptions } from "./options.js";

/** How many messages are looked through for one that Telegram does not find by its id. */
const LOOK_THROUGH = 500;

export interface FoundMedia {
  readonly media: Media;
  readonly file: RemoteFile;
}

/**
 * The file of a message.
 *
 * @throws {@link GuardError} `message_not_found`, `media_unavailable`
 */
export async function findMedia(
  seen: SeenFiles,
  chat: ChatRef,
  messageId: number,
  call: ReadOptions,
): Promise<FoundMedia> {
  const byId = await messagesByIds(seen, chat, [messageId], call);
  const message = byId.messages[0] ?? (await lookThrough(seen, chat, messageId, call));
  if (message === undefined) throw notFound(chat, messageId);
  const { media } = message;
  const file = seen.fileOf(messageId);
  if (media === undefined || file === undefined) throw noFile(messageId);
  return { media, file };
}

/** Finds it once more, and nothing else in its place. */
export async function findAgain(
  seen: SeenFiles,
  chat: ChatRef,
  messageId: number,
  { key, sizeBytes }: RemoteFile,
  call: ReadOptions,
): Promise<RemoteFile> {
  const { file } = await findMedia(seen, chat, messageId, call);
  if (file.key === key && file.sizeBytes === sizeBytes) return file;
  throw new GuardError("media_unavailable", `Message ${messageId} was edited: it holds another file now.`, {
    details: { messageId, reason: "changed" },
    nextStep: "Call again to get the new file.",
  });
}

async function lookThrough(
  seen: SeenFiles,
  chat: ChatRef,
  messageId: number,
  call: ReadOptions,
): Promise<Message | undefined> {
  for await (const message of messages(seen, chat, { ...call, limit: LOOK_THROUGH })) {
    if (message.id === messageId) return message;
    if (message.id < messageId) return undefined;
  }
  return undefined;
}

const notFound = (chat: ChatRef, messageId: number): GuardError<"message_not_found"> =>
  new GuardError("message_not_found", `"${chat}" has no message ${messageId}.`, {
    details: { chat: String(chat), messageId },
    nextStep: "List the messages of the chat; this one was deleted, or belongs to another chat.",
  });

const noFile = (messageId: number): GuardError<"media_unavailable"> =>
  new GuardError("media_unavailable", `Message ${messageId} has no file, or none any more.`, {
    details: { messageId, reason: "no_file" },
    nextStep: "Choose a message whose `media` has a `fileId`.",
  });
