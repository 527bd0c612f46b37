import type { Entity, Media, Message } from "tg-guarded";
import type { WorldChat, WorldMedia, WorldMessage, WorldPeer, WorldUser } from "tg-guarded/testing";

interface World {
  chat(which: number | string): WorldChat;
  readonly users: { get(id: number): WorldUser | undefined };
}

/** What the client should say of a message, told from what the world holds. */
export type Told = Partial<Message>;

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function marked({ kind, id }: WorldPeer): number {
  if (kind === "user") return id;
  return kind === "chat" ? -id : -1_000_000_000_000 - id;
}

const nameOf = (user: WorldUser): string => [user.firstName, user.lastName].filter(Boolean).join(" ");

type Tl = Readonly<Record<string, unknown>> & { readonly _: string };

function entity(found: Tl & { readonly offset: number; readonly length: number }): Entity {
  return {
    type: lowerFirst(found._.replace("messageEntity", "")),
    offset: found.offset,
    length: found.length,
    ...(typeof found["url"] === "string" && { url: found["url"] }),
    ...(typeof found["language"] === "string" && found["language"] !== "" && { language: found["language"] }),
    ...(typeof found["user_id"] === "bigint" && { userId: Number(found["user_id"]) }),
    ...(typeof found["document_id"] === "bigint" && { customEmojiId: String(found["document_id"]) }),
  };
}

const KINDS: Readonly<Record<string, Media["type"]>> = {
  messageMediaContact: "contact",
  messageMediaGeo: "location",
  messageMediaGeoLive: "location",
  messageMediaVenue: "venue",
  messageMediaPoll: "poll",
  messageMediaDice: "dice",
  messageMediaWebPage: "web_page",
  messageMediaGame: "game",
  messageMediaInvoice: "invoice",
};

function documentKind(attributes: readonly Tl[]): Media["type"] {
  const find = (name: string): Tl | undefined => attributes.find(({ _ }) => _ === `documentAttribute${name}`);
  if (find("Sticker")) return "sticker";
  if (find("Animated")) return "animation";
  const [video, audio] = [find("Video"), find("Audio")];
  if (video) return video["round_message"] === true ? "video_note" : "video";
  if (audio) return audio["voice"] === true ? "voice" : "audio";
  return "document";
}

/** The fields of what is attached that every kind of it has. */
function media(found: WorldMedia): Partial<Media> {
  if (found.kind === "plain") return { type: KINDS[found.media._] ?? "other" };
  if (found.kind === "photo") {
    const largest = [...found.sizes].sort((a, b) => b.width * b.height - a.width * a.height)[0];
    return {
      type: "photo",
      fileId: String(found.id),
      ...(largest && { width: largest.width, height: largest.height, sizeBytes: largest.bytes.size }),
    };
  }
  const attributes = found.attributes as readonly Tl[];
  const name = attributes.find(({ _ }) => _ === "documentAttributeFilename")?.["file_name"];
  return {
    type: documentKind(attributes),
    fileId: String(found.id),
    mimeType: found.mime,
    sizeBytes: found.bytes.size,
    ...(typeof name === "string" && name !== "" && { fileName: name }),
  };
}

const isDeep = ({ topId, replyTo, inTopic }: WorldMessage): boolean =>
  topId !== undefined && (inTopic === true || topId !== replyTo);

/** Everything that the world holds of a message, in the words of the model; `media` in its common fields. */
export function told(world: World, chat: WorldChat, message: WorldMessage, selfId: number): Told {
  const { action, reach, forward } = message;
  const inChannel = chat.kind === "supergroup" || chat.kind === "channel";
  const isPost = chat.kind === "channel";
  const saidByChannel = inChannel && world.users.get(message.fromId) === undefined;
  const fromId = saidByChannel ? -1_000_000_000_000 - message.fromId : message.fromId;
  const sender = world.users.get(message.fromId);
  return {
    id: message.id,
    chatId: chat.id,
    type: action ? "service" : "message",
    date: iso(message.date),
    // In the chat with oneself everything that was not passed on there.
    isOutgoing:
      chat.id === selfId ? message.forward === undefined : message.out || (inChannel && message.fromId === selfId),
    isPost,
    isPinned: action ? false : (message.pinned ?? false),
    text: message.text,
    ...(isPost || (saidByChannel && fromId === chat.id) ? {} : { fromId }),
    ...(sender && sender.deleted !== true && { senderName: nameOf(sender) }),
    ...(message.editDate !== undefined && { editDate: iso(message.editDate) }),
    ...(message.entities?.length && { entities: message.entities.map(entity) }),
    ...(message.viaBot !== undefined && { viaBotId: message.viaBot }),
    ...(message.postAuthor !== undefined && { postAuthor: message.postAuthor }),
    ...(reach && { views: reach.views, forwards: reach.forwards }),
    ...(forward && {
      forward: {
        date: iso(forward.date),
        ...(forward.from && { fromId: marked(forward.from) }),
        ...(forward.name !== undefined && { fromName: forward.name }),
        ...(forward.post !== undefined && { channelPost: forward.post }),
      },
    }),
    ...(message.replyTo !== undefined && {
      replyTo: {
        messageId: message.replyTo,
        ...(message.replyPeer && { chatId: marked(message.replyPeer) }),
        // Telegram leaves the thread out where the answered message is its top.
        ...(isDeep(message) && message.topId !== undefined && { threadId: message.topId }),
      },
    }),
    ...(message.media && { media: media(message.media) as Media }),
    ...(action && { action: lowerFirst(action._.replace("messageAction", "")) }),
  };
}
