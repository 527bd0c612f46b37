import { z } from "zod";
import { parseInput } from "../input.js";
import type { Metrics } from "../metrics.js";
import { instant, type Instant } from "../read/instant.js";
import { chatRef } from "../read/message-options.js";
import { PAGE } from "../read/message-source.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Peer } from "../telegram/peer.js";
import type { Telegram } from "../telegram/telegram.js";
import { VERSION } from "../version.js";
import type { Identity } from "./checkpoint.js";
import { FORMATS, formatOf, type FormatName } from "./formats/choose.js";
import { messageFormat } from "./formats/messages.js";
import { desktopKind } from "./formats/telegram-desktop.js";
import { messagePages, type MessageChoice } from "./message-pages.js";
import { exportOptionsSchema, type ExportOptions } from "./options.js";
import type { ChatExportReport } from "./shapes.js";
import { runTo } from "./run-to.js";
import { withTakeout } from "./with-takeout.js";

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
  topic: z.int().min(1).exactOptional(),
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
    ...choice
  } = parseInput(schema, options, "options");
  const name = typeof to === "string" ? formatOf(to, asked, FORMATS) : (asked ?? "jsonl");
  const call = { lane: "bulk", ...(signal === undefined ? {} : { signal }) } as const;
  const peer = await telegram.peers.resolve(chat, call);
  const about = { id: peer.id, title: peer.title, kind: peer.kind };
  const kind = desktopKind(peer, { isSelf: peer.id === telegram.selfId, isBot: peer.isBot ?? false });
  const format = messageFormat(name, { chat: peer, desktopKind: kind, defuseFormulas });
  return withTakeout(telegram, { wanted: takeout, scope: { messages: true }, call }, (inside, takeoutNote) =>
    runTo(to, {
      identity: identityOf(peer, name, choice, defuseFormulas),
      format,
      metrics,
      pageSize: PAGE,
      fresh: !resume,
      about: {
        format: name,
        chat: about,
        asked: choice,
        ...(takeoutNote && { takeout: takeoutNote }),
        version: VERSION,
      },
      onProgress,
      pages: (from) => messagePages(inside, peer.id, choice, call, from),
    }),
  );
}

function identityOf(peer: Peer, format: FormatName, choice: MessageChoice, defuseFormulas: boolean): Identity {
  const { limit, since, until, minId, fromUser, search, topic } = choice;
  return {
    what: "messages",
    chat: peer.id,
    format,
    limit: limit ?? null,
    since: since ?? null,
    until: until ?? null,
    minId: minId ?? null,
    fromUser: fromUser === undefined ? null : String(fromUser),
    search: search ?? null,
    topic: topic ?? null,
    defuseFormulas,
  };
}
