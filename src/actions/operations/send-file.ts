import { z } from "zod";
import { definedOnly } from "../../defined-only.js";
import { fingerprintOf } from "../../files/fingerprint.js";
import { parseInput } from "../../input.js";
import type { Instant } from "../../read/instant.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import type { Peer } from "../../telegram/peer.js";
import { describeChat } from "../describe-proposal.js";
import type { Formatting } from "../markup/marked-text.js";
import { messageFacts } from "../message-facts.js";
import type { Operation, Prepared } from "../operation.js";
import { findSent, type SentMessage } from "../sent-message.js";
import { latestFor } from "../when.js";
import { messageCost } from "./cost.js";
import type { ApprovedFile } from "./file-upload.js";
import { isSuch, lookOf, lookWarnings, type FileLook } from "./file-look.js";
import { sendUploaded, type FileLetter } from "./file-sending.js";
import { chatRef, idempotencyKey, resolveChat } from "./input.js";
import { describePlacement, placement } from "./placement.js";
import { exactText, formatting, sourceText, type ExactText } from "./text.js";

/** What `client.actions.sendFile` takes. */
export interface SendFileInput {
  readonly chat: ChatRef;
  /** Of a regular file inside the allowed folders; relative to the first of them. Links are followed, and must not lead out. */
  readonly path: string;
  /** Trimmed; at most 1024 UTF-16 code units, and no more than a message may have. */
  readonly caption?: string;
  /** How the caption is marked up. Absent: not at all. */
  readonly formatting?: Formatting;
  /**
   * A document arrives byte for byte. A photo is shown in the chat and compressed by Telegram; it must be a JPEG or PNG of
   * at most 10 MB. @defaultValue "document"
   */
  readonly as?: "document" | "photo";
  /** What people see a document is called; its ending tells its type. @defaultValue the name of the file */
  readonly fileName?: string;
  /** The id of the message it answers. */
  readonly replyTo?: number;
  /** The id of the forum's topic that it goes to. */
  readonly topic?: number;
  /** Without a sound. @defaultValue false */
  readonly silent?: boolean;
  /** When Telegram sends it: ten seconds to a year from now. */
  readonly schedule?: Instant;
  /** Tells apart two messages with the same file that are both meant. */
  readonly idempotencyKey?: string;
}

const schema = z.strictObject({
  chat: chatRef,
  path: z.string().regex(/^[^\0]+$/, "is no path"),
  caption: sourceText.default(""),
  formatting,
  as: z.enum(["document", "photo"]).default("document"),
  fileName: z.string().min(1).exactOptional(),
  ...placement,
  idempotencyKey,
});

/** core.telegram.org/api/config: caption_length_limit_default, in UTF-16 code units. */
const LONGEST_CAPTION = 1024;
const MEGABYTE = 1_048_576;

/** Sends a file of the allowed folders. The digest covers what it holds, and neither where it lies nor how old it is. */
export const sendFile: Operation<SendFileInput, SentMessage> = {
  name: "sendFile",
  async prepare({ telegram, policy, files }, input, signal): Promise<Prepared<SentMessage>> {
    const parsed = parseInput(schema, input, "sendFile");
    const { chat, path, caption, formatting: marks, as, fileName, idempotencyKey: key, ...place } = parsed;
    const words = captionOf(caption, marks, Math.min(LONGEST_CAPTION, policy.maxMessageLength));
    const file = await fingerprintOf(files, path, Math.floor(policy.maxFileMb * MEGABYTE), signal);
    const look = lookOf(file, as, fileName);
    const peer = await resolveChat(telegram, chat, signal);
    const letter: FileLetter = { file, look, place, ...words };
    const { warnings, text, ...facts } = await messageFacts(telegram, peer, words.text, words.entities, signal);
    const { sizeBytes, sha256 } = file;
    return {
      payload: {
        operation: "sendFile",
        peer: peer.id,
        content: { sizeBytes, sha256, ...look },
        text: words.text,
        entities: words.entities.map((entity) => ({ ...entity })),
        ...place,
        ...definedOnly({ idempotencyKey: key }),
      },
      targets: [peer],
      summary: summaryOf(letter, peer),
      ...facts,
      ...definedOnly({ text: text === "" ? undefined : text }),
      files: [{ path: file.path, sizeBytes, sha256 }],
      warnings: [...warnings, ...lookWarnings(look, file)],
      cost: messageCost(peer, 1, telegram.selfId),
      ...latestFor(place.schedule),
      randomIdCount: 1,
      perform: (run) => sendUploaded({ telegram, files, peer, letter, run }),
      find: (sinceMs) => findSent(telegram, peer, soughtOf(letter), sinceMs),
    };
  },
};

/** There may be none. */
const captionOf = (source: string, marks: Formatting | undefined, limit: number): ExactText =>
  source.trim() === "" ? { text: "", entities: [] } : exactText(source, marks, limit, "sendFile.caption");

function summaryOf({ file, look, place, text }: FileLetter, peer: Peer): string {
  const what = `${whatOf(look, file)} to ${[describeChat(peer), ...describePlacement(place)].join(", ")}`;
  return text === "" ? `Send ${what}, without a caption` : `Send ${what}: ${text}`;
}

const whatOf = ({ as, name, mimeType }: FileLook, { path, sizeBytes }: ApprovedFile): string =>
  as === "photo"
    ? `the photo ${path} (${mimeType}, ${sizeBytes} bytes)`
    : `the file "${name}" (${mimeType}, ${sizeBytes} bytes)`;

const soughtOf = ({ text, place, look, file }: FileLetter) => ({
  text,
  ...definedOnly({ schedule: place.schedule }),
  holds: (media: Parameters<typeof isSuch>[0]) => isSuch(media, look, file.sizeBytes),
});
