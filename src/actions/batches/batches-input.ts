import { z } from "zod";
import type { ChatRef } from "../../telegram/chat-ref.js";
import { chatRef, messageId } from "../operations/input.js";

/** What every batch takes. */
export interface BatchOptions {
  /** For whoever approves it; at most 500 characters. */
  readonly note?: string;
  /** How long it waits for its end, in milliseconds. @defaultValue `batchTtlMs` of the policy */
  readonly ttlMs?: number;
  /** Ends the call; it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What `client.actions.batches.addMember` takes. */
export interface AddMemberBatchInput extends BatchOptions {
  readonly user: ChatRef;
  /** Groups, supergroups and channels. */
  readonly groups: readonly ChatRef[];
}

/** A batch from a file. */
export interface BatchFile extends BatchOptions {
  /** A JSON file inside of the allowed folders (`files.roots`), relative to the first of them. */
  readonly path: string;
}

/** `{ items: [{ chat_id, result: { success, error } }] }` */
export interface AddMemberReport extends BatchFile {
  readonly user: ChatRef;
  /** Only what failed with this in its error, whatever the case. @defaultValue "join quota exceeded" */
  readonly errorContains?: string;
}

/** How a batch deletes. */
export interface DeletionOptions {
  /** For everybody; false: for oneself alone, which supergroups and channels do not know. @defaultValue true */
  readonly revoke?: boolean;
  /** Longer lists become several items. @defaultValue 100, which is also the most that Telegram takes */
  readonly maxIdsPerAction?: number;
}

/** What `client.actions.batches.deleteMessages` takes. */
export interface DeleteMessagesBatchInput extends BatchOptions, DeletionOptions {
  readonly targets: readonly { readonly chat: ChatRef; readonly messageIds: readonly number[] }[];
}

/** `{ targets: [{ group, message_ids }] }`, or the bare list. */
export type DeleteMessagesManifest = BatchFile & DeletionOptions;

/** What `client.actions.batches.leaveDialog` takes. */
export interface LeaveDialogBatchInput extends BatchOptions {
  /** Groups, supergroups and channels. */
  readonly chats: readonly ChatRef[];
}

/** `{ candidates: [{ target or group or chat_id, review: { leave_candidate: true } }] }`; only reviewed ones count. */
export type LeaveDialogCandidates = BatchFile;

const options = {
  note: z.string().min(1).max(500).exactOptional(),
  ttlMs: z.int().min(1000).exactOptional(),
  signal: z.instanceof(AbortSignal).exactOptional(),
};
const deletion = {
  revoke: z.boolean().default(true),
  maxIdsPerAction: z.int().min(1).max(100).default(100),
};
const path = z.string().min(1);

/** How each input is understood. */
export const inputs = {
  addMember: z.strictObject({ ...options, user: chatRef, groups: z.array(chatRef) }),
  addMemberFromReport: z.strictObject({ ...options, path, user: chatRef, errorContains: z.string().exactOptional() }),
  deleteMessages: z.strictObject({
    ...options,
    ...deletion,
    targets: z.array(
      z.strictObject({ chat: chatRef, messageIds: z.array(messageId).min(1, "names no message").readonly() }),
    ),
  }),
  deleteMessagesFromManifest: z.strictObject({ ...options, ...deletion, path }),
  leaveDialog: z.strictObject({ ...options, chats: z.array(chatRef) }),
  leaveDialogFromCandidates: z.strictObject({ ...options, path }),
};
