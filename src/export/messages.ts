import { messageId } from "../read/message-id.js";
import { findChat } from "../read/find.js";
import { z } from "zod";
import { parseInput } from "../input.js";
import type { Metrics } from "../metrics.js";
import { instant, type Instant } from "../read/instant.js";
import { chatRef } from "../read/message-options.js";
import { PAGE } from "../read/message-source.js";
import { SeenFiles } from "../read/download-seen.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Telegram } from "../telegram/telegram.js";
import { VERSION } from "../version.js";
import type { Identity } from "./checkpoint.js";
import { FORMATS, formatOf } from "./formats/choose.js";
import { messageFormat } from "./formats/messages.js";
import { desktopKind } from "./formats/telegram-desktop.js";
import { mediaIdentity, mediaSchema, type MediaChoice } from "./media/media-choice.js";
import { mediaFolder } from "./media/media-folder.js";
import { saveMedia } from "./media/save-media.js";
import { messagePages, type MessageChoice } from "./message-pages.js";
import { exportOptionsSchema, type ExportOptions } from "./options.js";
import type { ChatExportReport } from "./shapes.js";
import { runTo } from "./run-to.js";
import { withTakeout } from "./with-takeout.js";

/** What `client.export.messages` takes. */
export interface ExportMessagesOptions extends ExportOptions {
  /** The newest so many, at the first run. @defaultValue all */
  readonly limit?: number;
  /** Only messages of this moment or later. */
  readonly since?: Instant;
  /** Only messages before this moment. */
  readonly until?: Instant;
  /** Only messages with a higher id. */
  readonly minId?: number;
  /** Only messages of this person, bot or channel. */
  readonly fromUser?: ChatRef;
  /** Only messages with these words. Telegram decides what matches. */
  readonly search?: string;
  /** Only messages of this topic: its id. */
  readonly topic?: number;
  /**
   * Saves the files of the messages, too, beside the export: those of `chat.jsonl` below `chat_files`. What is left out, and
   * why, is counted in the report.
   *
   * @defaultValue none
   */
  readonly media?: true | MediaChoice;
  /**
   * Asks Telegram for a takeout, whose flood limits are lower. The user's devices are told. Where Telegram refuses or wants
   * a delay, the export goes on without one, and says so in the report.
   *
   * @defaultValue false
   */
  readonly takeout?: boolean;
}

const schema = z.strictObject({
  ...exportOptionsSchema,
  limit: z.int().min(1).exactOptional(),
  since: instant.exactOptional(),
  until: instant.exactOptional(),
  minId: z.int().min(0).exactOptional(),
  fromUser: chatRef.exactOptional(),
  search: z.string().trim().min(1).exactOptional(),
  topic: messageId.exactOptional(),
  media: mediaSchema.exactOptional(),
  takeout: z.boolean().default(false),
});

export async function exportMessages(
  telegram: Telegram,
  metrics: Metrics,
  chat: ChatRef,
  options: ExportMessagesOptions,
): Promise<ChatExportReport> {
  const {
    to,
    format: asked,
    resume,
    defuseFormulas,
    onProgress,
    signal,
    takeout,
    media,
    ...choice
  } = parseInput(schema, options, "options");
  const name = typeof to === "string" ? formatOf(to, asked, FORMATS) : (asked ?? "jsonl");
  const folder = media && mediaFolder(to);
  const call = { lane: "bulk", ...(signal === undefined ? {} : { signal }) } as const;
  const peer = await findChat(telegram, chat, call);
  const about = { id: peer.id, title: peer.title, kind: peer.kind };
  const kind = desktopKind(peer, { isSelf: peer.id === telegram.selfId, isBot: peer.isBot ?? false });
  const format = messageFormat(name, { chat: peer, desktopKind: kind, defuseFormulas });
  return withTakeout(
    telegram,
    { wanted: takeout, scope: { messages: true, files: media !== undefined }, call },
    (inside, takeoutNote) =>
      runTo(to, {
        identity: {
          what: "messages",
          // Private chats and basic groups have other message ids in each account.
          account: telegram.selfId ?? null,
          chat: peer.id,
          format: name,
          ...choiceIdentity(choice),
          defuseFormulas,
          ...mediaIdentity(media),
        },
        format,
        metrics,
        pageSize: PAGE,
        whole: Object.keys(choice).length === 0,
        fresh: !resume,
        about: {
          format: name,
          chat: about,
          asked: { ...choice, ...(media && { media }) },
          ...(takeoutNote && { takeout: takeoutNote }),
          version: VERSION,
        },
        onProgress,
        pages: (from) => {
          if (folder === undefined) return messagePages(inside, peer.id, choice, call, { ...from, ahead: true });
          const seen = new SeenFiles(inside);
          // A page asked for ahead would be forgotten with the one before it.
          const pages = messagePages(seen, peer.id, choice, call, { ...from, ahead: false });
          return saveMedia(pages, { seen, folder, choice: media ?? {}, call });
        },
      }),
  );
}

function choiceIdentity({ limit, since, until, minId, fromUser, search, topic }: MessageChoice): Identity {
  return {
    limit: limit ?? null,
    since: since ?? null,
    until: until ?? null,
    minId: minId ?? null,
    fromUser: fromUser === undefined ? null : String(fromUser),
    search: search ?? null,
    topic: topic ?? null,
  };
}
