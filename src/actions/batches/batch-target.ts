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

/** All that the store keeps of what an item does. */
export interface ItemPayload extends BatchTarget {
  /** What each of `messageIds` said at creation, as a hash; empty where there was no such message. */
  readonly seen?: readonly string[];
}

const target = z.object({
  chat: z.int().exactOptional(),
  title: z.string().exactOptional(),
  asked: z.union([z.string(), z.int()]).exactOptional(),
  user: z.int().exactOptional(),
  messageIds: z.array(z.int()).readonly().exactOptional(),
  revoke: z.boolean().exactOptional(),
});
const payload = target.extend({ seen: z.array(z.string()).readonly().exactOptional() });

/** Reads what the store kept of an item. */
export const payloadOf = (kept: unknown): ItemPayload => payload.parse(kept);

/** What a caller is shown of it. */
export const targetOf = (kept: unknown): BatchTarget => target.parse(kept);
