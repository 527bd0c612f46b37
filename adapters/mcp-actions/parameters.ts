import { z } from "zod";
import { id } from "../mcp/parameters.js";

/** Arguments that several writes share. */
export const user = z
  .union([z.string().trim().min(1).max(256), z.int()], { error: "must be a @username or an id" })
  .describe("A person or bot: @username or numeric id.");

export const messageIds = z.array(id).min(1).max(100).describe("Ids of messages in that chat.");

export const idempotencyKey = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe("Tells apart two writes of the same content that are both meant.");

export const parseMode = z
  .enum(["markdown", "html"])
  .optional()
  .describe("How the text is marked up; without it, it is sent exactly as it stands.");

const replyTo = id.optional().describe("The id of the message that it answers.");
const topic = id.optional().describe("The id of the forum's topic that it goes to.");

/** Where in a chat a message goes, and how. */
export const placement = {
  reply_to: replyTo,
  topic,
  silent: z.boolean().default(false).describe("Without a sound."),
  schedule: z
    .string()
    .max(40)
    .optional()
    .describe("ISO time at which Telegram sends it: ten seconds to a year from now."),
};

/** Where a text is left that nobody has sent yet. */
export const draftPlacement = { reply_to: replyTo, topic };

export const batchId = z
  .string()
  .regex(/^bat_[0-9a-f]{16}$/, "is not the id of a batch")
  .describe("As the tool that created it tells.");

/** What every new batch takes. */
export const batchOptions = {
  note: z.string().max(500).default("").describe("For whoever approves it."),
  ttl_hours: z.number().positive().max(8760).optional().describe("For how long it waits for its end."),
};

export const sourcePath = z.string().min(1).max(4096).describe("A JSON file inside of the allowed folders.");
