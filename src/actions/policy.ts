import { z } from "zod";
import { GuardError } from "../errors.js";
import type { Chat } from "../models/chat.js";
import { bareId } from "../models/ids.js";
import { parseChatRef, type ChatRef } from "../telegram/chat-ref.js";
import { approvers, type Approver } from "./approvers.js";

/** What may be written at all, and who approves it. */
export interface ActionsOptions {
  /** The chats that may be written to: ids and @names, or `me`. Nothing else is ever written to. */
  readonly allow: readonly ChatRef[];
  /** @defaultValue `approvers.code()` */
  readonly approver?: Approver;
  /** In UTF-16 code units. @defaultValue 2000 */
  readonly maxMessageLength?: number;
  /** For how long a done action is not done again, in milliseconds. @defaultValue a day */
  readonly idempotencyWindowMs?: number;
  /** How long a runner holds an action before another may take over, in milliseconds. @defaultValue 30_000 */
  readonly leaseMs?: number;
  /** For how long an unfinished send is repeated with the same random id, in milliseconds. @defaultValue 600_000 */
  readonly replayWindowMs?: number;
}

/** The options with their defaults. */
export type ActionsPolicy = Required<ActionsOptions>;

const isApprover = (value: unknown): value is Approver =>
  typeof value === "object" && value !== null && "mode" in value;

/** An id, `me`, or a name with or without its @. */
const entry = z.union([z.int(), z.string().regex(/^(@?\w+|-\d+)$/, "names an id or an @name; titles are not unique")]);

export const actionsSchema = z.strictObject({
  allow: z.array(entry).min(1, "must name at least one chat"),
  approver: z.custom<Approver>(isApprover, "must come from `approvers`").default(() => approvers.code()),
  maxMessageLength: z.int().min(1).max(4096).default(2000),
  idempotencyWindowMs: z.int().min(0).default(86_400_000),
  leaseMs: z.int().min(1000).default(30_000),
  replayWindowMs: z.int().min(0).default(600_000),
});

/**
 * Compares what Telegram resolved, not what the caller wrote: id, -100 id, @name and title of one chat are one target.
 * Titles are no entries of the list, since anybody may call a chat by any title.
 */
export function assertAllowed({ allow }: ActionsPolicy, target: Chat, selfId: number | undefined): void {
  if (allow.some((entry) => matches(entry, target, selfId))) return;
  throw new GuardError("not_allowed", `"${target.title}" (${target.id}) is not on the allowlist.`, {
    details: { chat: target.id },
    nextStep: "A person who may decide that can add its id to the allowlist of the actions policy.",
  });
}

function matches(entry: ChatRef, target: Chat, selfId: number | undefined): boolean {
  const parsed = parseChatRef(entry);
  switch (parsed.kind) {
    case "id":
      return parsed.id === target.id || (target.kind !== "user" && parsed.id === bareId(target.id));
    case "self":
      return target.id === selfId;
    case "username":
      return parsed.username.toLowerCase() === target.username?.toLowerCase();
    case "title":
      return parsed.title.toLowerCase() === target.username?.toLowerCase();
  }
}
