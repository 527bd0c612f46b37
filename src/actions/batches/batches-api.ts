import { NEVER_ABORTED } from "../../call.js";
import { definedOnly } from "../../defined-only.js";
import { GuardError } from "../../errors.js";
import { parseInput } from "../../input.js";
import type { StateStore } from "../../stores/store.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import type { Peer } from "../../telegram/peer.js";
import { resolveChat } from "../operations/input.js";
import { assertEnabled } from "../plan.js";
import { Batch } from "./batch.js";
import type { BatchContext } from "./batch-context.js";
import type { BatchSummary } from "./batch-shapes.js";
import { BatchStore } from "./batch-store.js";
import { Excerpts } from "./excerpts.js";
import {
  inputs,
  type AddMemberBatchInput,
  type AddMemberReport,
  type DeleteMessagesBatchInput,
  type DeleteMessagesManifest,
  type LeaveDialogBatchInput,
  type LeaveDialogCandidates,
} from "./batches-input.js";
import { createBatch, type Creating } from "./create-batch.js";
import { inBulk } from "./in-bulk.js";
import { isKindName, KINDS, type KindName } from "./kinds.js";
import { batchUnknown } from "./refusals.js";
import { chatsOfReport, chatsToLeave, deletionsOfManifest } from "./sources.js";

export interface BatchesOptions extends Omit<BatchContext, "batches" | "excerpts"> {
  readonly account: string;
  readonly store: StateStore;
}

/**
 * Many writes of one kind under one approval, done as fast as quotas allow. Creating one resolves all its chats and sends
 * nothing else; what cannot be done is an item that says why.
 *
 * Errors of all that create: `write_denied`, `input_invalid`, `audit_broken`, `file_error`, and those of every call
 * ({@link GuardError}).
 *
 * @example
 * ```ts
 * const batch = await client.actions.batches.addMember({ user: "@liv_paints", groups: ["@tidewater_lab", "@harbour_council"] });
 * await (await batch.preview()).execute(); // asks whoever approves, once for all
 * for await (const { target, status, code } of batch.run({ maxActions: 50 })) console.log(target.title, status, code);
 * ```
 */
export class BatchesApi {
  readonly #context: BatchContext;

  constructor({ account, store, ...rest }: BatchesOptions) {
    const seenExpired = (batchId: string): Promise<void> => rest.audit({ event: "batch_expired", batchId });
    this.#context = { ...rest, batches: new BatchStore(store, account, seenExpired), excerpts: new Excerpts() };
  }

  /**
   * Adds one person to many chats.
   *
   * Errors: as all that create, and for the person `chat_not_found`, `chat_ambiguous`, `name_moved`.
   *
   * @example
   * ```ts
   * const batch = await client.actions.batches.addMember({ user: "@liv_paints", groups: ["@tidewater_lab"], note: "New here" });
   * console.log(batch.batchId); // with it any process goes on
   * ```
   */
  async addMember(input: AddMemberBatchInput): Promise<Batch> {
    const { user, groups, ...options } = parseInput(inputs.addMember, input, "addMember");
    return this.#addMember(user, groups, options);
  }

  /**
   * Adds one person to the chats of a report in which an earlier attempt failed.
   *
   * Errors: as {@link BatchesApi.addMember}, `path_not_allowed`, `file_too_large`. A file that is missing or no JSON is
   * `input_invalid`.
   *
   * @example
   * ```ts
   * const batch = await client.actions.batches.addMemberFromReport({ path: "report.json", user: "@liv_paints" });
   * ```
   */
  async addMemberFromReport(input: AddMemberReport): Promise<Batch> {
    const { path, user, errorContains, ...options } = parseInput(
      inputs.addMemberFromReport,
      input,
      "addMemberFromReport",
    );
    return this.#addMember(
      user,
      await chatsOfReport(this.#context.files, path, definedOnly({ errorContains })),
      options,
    );
  }

  /**
   * Deletes messages of many chats.
   *
   * @example
   * ```ts
   * const targets = [{ chat: "@tidewater_lab", messageIds: [12, 13] }];
   * const batch = await client.actions.batches.deleteMessages({ targets, maxIdsPerAction: 50 });
   * ```
   */
  async deleteMessages(input: DeleteMessagesBatchInput): Promise<Batch> {
    const { targets, ...options } = parseInput(inputs.deleteMessages, input, "deleteMessages");
    return this.#create("deleteMessages", { wanted: targets, ...definedOnly(options) });
  }

  /**
   * Deletes the messages that a manifest names.
   *
   * Errors: as all that create, `path_not_allowed`, `file_too_large`. A file that is missing or no JSON is
   * `input_invalid`.
   *
   * @example
   * ```ts
   * const batch = await client.actions.batches.deleteMessagesFromManifest({ path: "manifest.json" });
   * ```
   */
  async deleteMessagesFromManifest(input: DeleteMessagesManifest): Promise<Batch> {
    const { path, ...options } = parseInput(inputs.deleteMessagesFromManifest, input, "deleteMessagesFromManifest");
    const wanted = (await deletionsOfManifest(this.#context.files, path)).map(({ group, messageIds }) => ({
      chat: group,
      messageIds,
    }));
    return this.#create("deleteMessages", { wanted, ...definedOnly(options) });
  }

  /**
   * Leaves many chats.
   *
   * @example
   * ```ts
   * const batch = await client.actions.batches.leaveDialog({ chats: ["@quiet_quay", "@night_watch"], ttlMs: 86_400_000 });
   * ```
   */
  async leaveDialog(input: LeaveDialogBatchInput): Promise<Batch> {
    const { chats, ...options } = parseInput(inputs.leaveDialog, input, "leaveDialog");
    return this.#create("leaveDialog", { wanted: chats.map((chat) => ({ chat })), ...definedOnly(options) });
  }

  /**
   * Leaves the chats that a review has marked.
   *
   * Errors: as all that create, `path_not_allowed`, `file_too_large`. A file that is missing or no JSON is
   * `input_invalid`.
   *
   * @example
   * ```ts
   * const batch = await client.actions.batches.leaveDialogFromCandidates({ path: "candidates.json" });
   * ```
   */
  async leaveDialogFromCandidates(input: LeaveDialogCandidates): Promise<Batch> {
    const { path, ...options } = parseInput(inputs.leaveDialogFromCandidates, input, "leaveDialogFromCandidates");
    const wanted = (await chatsToLeave(this.#context.files, path)).map((chat) => ({ chat }));
    return this.#create("leaveDialog", { wanted, ...definedOnly(options) });
  }

  /**
   * All batches of the account, newest first; those that are over for a month.
   *
   * @example
   * ```ts
   * for (const { batchId, status, counts } of await client.actions.batches.list()) console.log(batchId, status, counts.pending);
   * ```
   */
  list(): Promise<readonly BatchSummary[]> {
    return this.#context.batches.list();
  }

  /**
   * A batch that was created before, maybe by another process.
   *
   * Errors: `batch_unknown`.
   *
   * @example
   * ```ts
   * const batches = await client.actions.batches.list();
   * const batch = await client.actions.batches.open(batches[0]?.batchId ?? "");
   * ```
   */
  async open(batchId: string): Promise<Batch> {
    const operation = (await this.#context.batches.load(batchId))?.operation;
    if (operation === undefined || !isKindName(operation)) throw batchUnknown(batchId);
    return new Batch(this.#context, KINDS[operation], batchId);
  }

  async #addMember(
    user: ChatRef,
    groups: readonly ChatRef[],
    options: Omit<Creating, "wanted" | "user">,
  ): Promise<Batch> {
    assertEnabled(this.#context.policy, "addMember");
    const peer = await this.#person(user, options.signal ?? NEVER_ABORTED);
    return this.#create("addMember", { wanted: groups.map((chat) => ({ chat })), user: peer, ...options });
  }

  /** The chats are found once for all runs, and so is the person. */
  async #person(user: ChatRef, signal: AbortSignal): Promise<Peer> {
    const telegram = inBulk(this.#context.telegram, this.#context.clock);
    const peer = await resolveChat(telegram, user, signal);
    if (peer.kind === "user") return peer;
    throw new GuardError("input_invalid", `"${peer.title}" is no person.`, {
      details: { path: "addMember.user" },
      nextStep: "Name a person or a bot by @name or id.",
    });
  }

  async #create(name: KindName, creating: Creating): Promise<Batch> {
    const kind = KINDS[name];
    return new Batch(this.#context, kind, await createBatch(this.#context, kind, creating));
  }
}
