import { z } from "zod";
import type { FileAccess } from "../../files/access.js";
import { parseInput } from "../../input.js";
import { parseChatRef, type ChatRef } from "../../telegram/chat-ref.js";
import { PARAMETER, readSource } from "./source-file.js";

/** Files beyond this are refused. */
const LIMIT_BYTES = 10_000_000;

/** A chat as files name it: an id, `@name`, link or title. */
const chatRef = z
  .union([z.int(), z.string()], "must be an id, a @name or a title")
  .transform((ref, context): ChatRef => {
    try {
      parseChatRef(ref);
      return typeof ref === "string" ? ref.trim() : ref;
    } catch (error) {
      context.addIssue({ code: "custom", message: error instanceof Error ? error.message : "does not name a chat" });
      return z.NEVER;
    }
  });

const report = z.object({
  items: z.array(
    z.object({ chat_id: chatRef, result: z.object({ success: z.boolean(), error: z.string().nullish() }) }),
  ),
});

export interface SourceOptions {
  readonly limitBytes?: number;
}

export interface ReportOptions extends SourceOptions {
  /** Only what failed with this in its error, whatever the case. @defaultValue "join quota exceeded" */
  readonly errorContains?: string;
}

/** The chats of a join report that failed with such an error, each once. */
export async function chatsOfReport(
  files: FileAccess,
  path: string,
  { errorContains = "join quota exceeded", limitBytes = LIMIT_BYTES }: ReportOptions = {},
): Promise<readonly ChatRef[]> {
  const { items } = parseInput(report, await readSource(files, path, limitBytes), PARAMETER);
  const wanted = errorContains.toLowerCase();
  const failed = items.filter(({ result }) => !result.success && (result.error ?? "").toLowerCase().includes(wanted));
  return once(failed.map(({ chat_id }) => chat_id));
}

const deletion = z.object({
  group: chatRef,
  message_ids: z.array(z.int().positive("must be a message id")).min(1, "names no message"),
});
const targetList = z.array(deletion);
const wrappedTargets = z.object({ targets: targetList });

/** Messages of one chat. */
export interface Deletion {
  readonly group: ChatRef;
  readonly messageIds: readonly number[];
}

/** The deletions of a manifest, as it names them. */
export async function deletionsOfManifest(
  files: FileAccess,
  path: string,
  { limitBytes = LIMIT_BYTES }: SourceOptions = {},
): Promise<readonly Deletion[]> {
  const value = await readSource(files, path, limitBytes);
  const targets = Array.isArray(value)
    ? parseInput(targetList, value, PARAMETER)
    : parseInput(wrappedTargets, value, PARAMETER).targets;
  return targets.map(({ group, message_ids }) => ({ group, messageIds: message_ids }));
}

const candidate = z
  .object({
    target: chatRef.nullish(),
    group: chatRef.nullish(),
    chat_id: chatRef.nullish(),
    leave_candidate: z.boolean().nullish(),
    review: z.object({ leave_candidate: z.boolean().nullish() }).nullish(),
  })
  .transform(({ target, group, chat_id, leave_candidate, review }, context) => {
    const chat = target ?? group ?? chat_id;
    if (chat === null || chat === undefined) {
      context.addIssue({ code: "custom", message: "needs one of target, group, chat_id" });
      return z.NEVER;
    }
    // Who reviewed it has the last word over what was proposed.
    return { chat, leaves: review?.leave_candidate ?? leave_candidate ?? false };
  });
const candidates = z.object({ candidates: z.array(candidate) });

/** The chats that a review has marked to be left, each once. */
export async function chatsToLeave(
  files: FileAccess,
  path: string,
  { limitBytes = LIMIT_BYTES }: SourceOptions = {},
): Promise<readonly ChatRef[]> {
  const value = await readSource(files, path, limitBytes);
  const { candidates: all } = parseInput(candidates, value, PARAMETER);
  return once(all.filter(({ leaves }) => leaves).map(({ chat }) => chat));
}

/** Without repetitions, also of an id once as a number and once as a text. */
function once(refs: readonly ChatRef[]): readonly ChatRef[] {
  const seen = new Set<string>();
  return refs.filter((ref) => !seen.has(String(ref)) && seen.add(String(ref)));
}
