import { readdir, readFile } from "node:fs/promises";
import {
  approvers,
  GuardedClient,
  type ActionsOptions,
  type Batch,
  type BatchItem,
  type BatchRunOptions,
  type ClientOptions,
} from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { tempFolder } from "../../support/temp-folder.js";
import { freshStore, type Desk } from "../gated.js";

export const LAB = "@tidewater_lab";
export const LIV = "@liv_paints";
export const FAMILY = "Family 🏡";
export const NEIGHBOURS = "Kastanienhof neighbours 🌳";
export const COUNCIL = "@harbour_council";
export const GATE = { confirm: true };

export interface DeskOptions {
  readonly actions?: ActionsOptions;
  readonly joins?: number;
  readonly guards?: ClientOptions["guards"];
  /** Folders of which files may be read. */
  readonly roots?: readonly string[];
}

/** A person behind a callback approves everything, for any chat. */
const LENIENT = { approver: approvers.callback(() => true), requireAllowlist: false, unsafeOverride: true } as const;

export interface BatchDesk extends Desk, AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly dataDir: string;
  readonly batches: GuardedClient["actions"]["batches"];
  /** The events of the audit trail, oldest first. */
  trail(): Promise<readonly TrailLine[]>;
}

interface TrailLine {
  readonly event: string;
  readonly batchId?: string;
  readonly item?: number;
  readonly status?: string;
  readonly code?: string;
}

/** A client on a sandbox, which several clients may share together with the store. */
export async function batchDesk(
  { actions = LENIENT, joins = 20, guards, roots }: DeskOptions = {},
  shared?: Pick<BatchDesk, "sandbox" | "dataDir" | "store" | "clock">,
): Promise<BatchDesk> {
  const sandbox = shared?.sandbox ?? (await startSandbox());
  const { store, clock } = shared ?? freshStore();
  const folder = shared === undefined ? await tempFolder() : undefined;
  const dataDir = shared?.dataDir ?? folder?.path ?? "";
  const client = await GuardedClient.open({
    ...sandbox.clientOptions(),
    dataDir,
    store,
    limits: { mode: "off", joins, pauses: { afterJoinMs: 0 } },
    actions,
    ...(guards === undefined ? {} : { guards }),
    ...(roots === undefined ? {} : { files: { roots } }),
  });
  return {
    sandbox,
    dataDir,
    store,
    clock,
    client,
    batches: client.actions.batches,
    trail: () => readTrail(dataDir),
    async [Symbol.asyncDispose]() {
      await client.close();
      if (shared === undefined) await sandbox.close();
      await folder?.[Symbol.asyncDispose]();
    },
  };
}

async function readTrail(dataDir: string): Promise<readonly TrailLine[]> {
  const names = (await readdir(dataDir, { recursive: true })).filter((name) => name.endsWith(".jsonl")).sort();
  const texts = await Promise.all(names.map((name) => readFile(`${dataDir}/${name}`, "utf8")));
  return texts.flatMap((text) => text.split("\n").filter(Boolean)).map((line) => JSON.parse(line) as TrailLine);
}

/** Runs it, and gives the items that were settled. */
export async function settled(batch: Batch, options: BatchRunOptions = {}): Promise<BatchItem[]> {
  const items: BatchItem[] = [];
  for await (const item of batch.run(options)) items.push(item);
  return items;
}

/** Approved by the person behind the callback. */
export async function approved(batch: Batch): Promise<Batch> {
  const outcome = await batch.approve(GATE);
  if (outcome.status !== "done") throw new Error(outcome.status);
  return batch;
}

export function isIn(sandbox: Sandbox, chat: string, user: string): boolean {
  const { id } = sandbox.world.chat(user);
  return [...sandbox.world.chat(chat).members()].some(({ userId }) => userId === id);
}

/** How often a method was carried out. */
export const carriedOut = (sandbox: Sandbox, method: RegExp): number =>
  sandbox.log.filter((line) => method.test(line.method) && line.outcome === "ok").length;

/** Adding somebody, to supergroups and groups alike. */
export const ADDING = /inviteToChannel|addChatUser/;
