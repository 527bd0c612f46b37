import { z } from "zod";
import { parseInput } from "../../input.js";
import { parseChatRef, type ChatRef } from "../../telegram/chat-ref.js";
import { readSource } from "./source-file.js";

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

export interface ReportOptions {
  /** Only what failed with this in its error, whatever the case. @defaultValue "join quota exceeded" */
  readonly errorContains?: string;
  readonly limitBytes?: number;
}

/** The chats of a join report that failed with such an error, each once. */
export async function chatsOfReport(
  path: string,
  { errorContains = "join quota exceeded", limitBytes = LIMIT_BYTES }: ReportOptions = {},
): Promise<readonly ChatRef[]> {
  const { items } = parseInput(report, await readSource(path, "reportPath", limitBytes), "reportPath");
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

/** Messages of one chat that one action deletes. */
export interface Deletion {
  readonly group: ChatRef;
  readonly messageIds: readonly number[];
}

export interface ManifestOptions {
  /** Longer lists are split. @defaultValue 100, which is also the most that Telegram takes */
  readonly maxIdsPerAction?: number;
  readonly limitBytes?: number;
}

const maxIds = z.int().min(1).max(100);

/** The deletions of a manifest, in its order; a message is named once. */
export async function deletionsOfManifest(
  path: string,
  { maxIdsPerAction = 100, limitBytes = LIMIT_BYTES }: ManifestOptions = {},
): Promise<readonly Deletion[]> {
  const size = parseInput(maxIds, maxIdsPerAction, "maxIdsPerAction");
  const value = await readSource(path, "manifestPath", limitBytes);
  const targets = Array.isArray(value)
    ? parseInput(targetList, value, "manifestPath")
    : parseInput(wrappedTargets, value, "manifestPath").targets;
  const seen = new Set<string>();
  return targets.flatMap(({ group, message_ids }) => {
    const fresh = message_ids.filter((id) => !seen.has(`${group}/${id}`) && seen.add(`${group}/${id}`));
    return chunksOf(fresh, size).map((messageIds) => ({ group, messageIds }));
  });
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

export interface CandidatesOptions {
  readonly limitBytes?: number;
}

/** The chats that a review has marked to be left, each once. */
export async function chatsToLeave(
  path: string,
  { limitBytes = LIMIT_BYTES }: CandidatesOptions = {},
): Promise<readonly ChatRef[]> {
  const value = await readSource(path, "candidatesPath", limitBytes);
  const { candidates: all } = parseInput(candidates, value, "candidatesPath");
  return once(all.filter(({ leaves }) => leaves).map(({ chat }) => chat));
}

/** Without repetitions, also of an id once as a number and once as a text. */
function once(refs: readonly ChatRef[]): readonly ChatRef[] {
  const seen = new Set<string>();
  return refs.filter((ref) => !seen.has(String(ref)) && seen.add(String(ref)));
}

function chunksOf(ids: readonly number[], size: number): number[][] {
  const chunks: number[][] = [];
  for (let from = 0; from < ids.length; from += size) chunks.push(ids.slice(from, from + size));
  return chunks;
}
