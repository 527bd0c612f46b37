import { z } from "zod";
import type { ChatRef } from "../../telegram/chat-ref.js";

/** What an item of a batch does. */
export interface BatchTarget {
  /** The id of the chat, where one was found. */
  readonly chat?: number;
  /** Its title when the batch was created. */
  readonly title?: string;
  /** What the caller named, where no chat was found by it. */
  readonly asked?: ChatRef;
  /** Whom to add. */
  readonly user?: number;
  /** What to delete. */
  readonly messageIds?: readonly number[];
  readonly revoke?: boolean;
}

const schema = z.object({
  chat: z.int().exactOptional(),
  title: z.string().exactOptional(),
  asked: z.union([z.string(), z.int()]).exactOptional(),
  user: z.int().exactOptional(),
  messageIds: z.array(z.int()).readonly().exactOptional(),
  revoke: z.boolean().exactOptional(),
});

/** Reads what the store kept of an item. */
export const targetOf = (payload: unknown): BatchTarget => schema.parse(payload);
