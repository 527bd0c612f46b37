import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { StateStore } from "../stores/store.js";
import type { AuditLine } from "./entry.js";
import type { AuditHead } from "./head.js";
import { lastAuditLines } from "./last-lines.js";
import { auditKey, openAuditTrail, type TrailOptions } from "./trail.js";
import { verifyAuditTrail, type AuditReport } from "./verify.js";

/** Where the trails of a data folder lie. */
export const auditFolder = (dataDir: string): string => join(dataDir, "audit");

/** The trail of an account in a data folder. What a file name cannot hold becomes a dash. */
export const auditPath = (dataDir: string, account: string): string =>
  join(auditFolder(dataDir), `${account.replace(/[^\w-]+/g, "-")}.jsonl`);

/** Which trail an account has in a data folder. */
export const trailIn = (dataDir: string, store: StateStore, account: string, name?: string): TrailOptions => ({
  path: auditPath(dataDir, account),
  store,
  account,
  ...(name === undefined ? {} : { name }),
});

export interface AuditDeskOptions {
  readonly store: StateStore;
  readonly dataDir: string;
  /** As the trails were opened. @defaultValue "main" */
  readonly name?: string;
}

/** What `verify` found for one account. */
export interface TrailReport extends AuditReport {
  readonly account: string;
  readonly path: string;
}

/** Where a person looks at the audit trails of a data folder. It speaks with the store and the files alone. */
export class AuditDesk implements AsyncDisposable {
  readonly #options: AuditDeskOptions;

  constructor(options: AuditDeskOptions) {
    this.#options = options;
  }

  /** Every trail that the store knows, and every file that it does not know. */
  async verify(): Promise<readonly TrailReport[]> {
    const trails = await this.#trails();
    const reports: TrailReport[] = [];
    for (const trail of trails) {
      reports.push({ account: trail.account, path: trail.path, ...(await verifyAuditTrail(trail)) });
    }
    return [...reports, ...(await this.#strangers(trails))];
  }

  /** The last lines of all accounts, oldest first. */
  async last(count: number): Promise<readonly AuditLine[]> {
    const lines: AuditLine[] = [];
    for (const trail of await this.#trails()) lines.push(...(await lastAuditLines(trail, count)));
    return lines.sort((a, b) => a.at.localeCompare(b.at)).slice(-count);
  }

  /** Goes on in a new file for every trail that is damaged; tells which. For a person to decide. */
  async restart(): Promise<readonly string[]> {
    const restarted: string[] = [];
    for (const trail of await this.#trails()) {
      if ((await verifyAuditTrail(trail)).ok) continue;
      await openAuditTrail(trail).restart();
      restarted.push(trail.account);
    }
    return restarted;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#options.store.close();
  }

  async #trails(): Promise<readonly TrailOptions[]> {
    const { store, dataDir, name } = this.#options;
    const trails: TrailOptions[] = [];
    for await (const [, { account }] of store.entries<AuditHead>(auditKey("", name))) {
      trails.push(trailIn(dataDir, store, account, name));
    }
    return trails;
  }

  async #strangers(trails: readonly TrailOptions[]): Promise<readonly TrailReport[]> {
    const folder = auditFolder(this.#options.dataDir);
    const known = trails.map(({ path }) => path.replace(/\.jsonl$/, ""));
    const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith(".jsonl"));
    return files
      .map((file) => join(folder, file))
      .filter((path) => !known.includes(path.replace(/(\.\d+)?\.jsonl$/, "")))
      .map((path) => ({
        account: "",
        path,
        ok: false,
        count: 0,
        waiting: 0,
        problems: [{ file: path, line: 1, what: "no_head" as const }],
      }));
  }
}
