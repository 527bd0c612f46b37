import type { Api } from "telegram";
import type { Addressing } from "../telegram/peer.js";

/** Kinds of messages that Telegram can look for by itself (core.telegram.org/type/MessagesFilter). */
export const MEDIA_FILTERS = [
  "photo",
  "video",
  "photo_video",
  "video_note",
  "voice",
  "voice_video_note",
  "audio",
  "animation",
  "document",
  "link",
  "location",
  "contact",
  "chat_photo",
  "call",
  "mention",
  "pinned",
] as const satisfies readonly MediaFilter[];

/**
 * A kind of media, or: `photo_video` and `voice_video_note` (either), `link` (the text has one), `chat_photo` (the chat's
 * photo changed), `call`, `mention` (of this account), `pinned`.
 */
export type MediaFilter =
  | "photo"
  | "video"
  | "photo_video"
  | "video_note"
  | "voice"
  | "voice_video_note"
  | "audio"
  | "animation"
  | "document"
  | "link"
  | "location"
  | "contact"
  | "chat_photo"
  | "call"
  | "mention"
  | "pinned";

const NAMES = {
  photo: "InputMessagesFilterPhotos",
  video: "InputMessagesFilterVideo",
  photo_video: "InputMessagesFilterPhotoVideo",
  video_note: "InputMessagesFilterRoundVideo",
  voice: "InputMessagesFilterVoice",
  voice_video_note: "InputMessagesFilterRoundVoice",
  audio: "InputMessagesFilterMusic",
  animation: "InputMessagesFilterGif",
  document: "InputMessagesFilterDocument",
  link: "InputMessagesFilterUrl",
  location: "InputMessagesFilterGeo",
  contact: "InputMessagesFilterContacts",
  chat_photo: "InputMessagesFilterChatPhotos",
  mention: "InputMessagesFilterMyMentions",
  pinned: "InputMessagesFilterPinned",
} as const;

export function messagesFilter({ api }: Addressing, filter: MediaFilter | undefined): Api.TypeMessagesFilter {
  if (filter === undefined) return new api.InputMessagesFilterEmpty();
  return filter === "call" ? new api.InputMessagesFilterPhoneCalls({}) : new api[NAMES[filter]]();
}
