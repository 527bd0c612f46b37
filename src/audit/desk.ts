import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { StateStore } from "../stores/store.js";
import type { AuditLine } from "./entry.js";
import type { AuditHead } from "./head.js";
import { storeIdOf } from "../stores/store-id.js";
import { lastAuditLines } from "./last-lines.js";
import { auditKey, openAuditTrail, type TrailOptions } from "./trail.js";
import { verifyAuditTrail, type AuditReport } from "./verify.js";

/** Where the trails of a data folder lie. */
export const auditFolder = (dataDir: string): string => join(dataDir, "audit");

/** So much of a store's id tells its files from those of others. */
const ID_LENGTH = 8;

/** What a file name cannot hold becomes a dash. */
const stemOf = (account: string, storeId: string): string =>
  `${account.replace(/[^\w-]+/g, "-")}-${storeId.slice(0, ID_LENGTH)}`;

export interface TrailPlace {
  readonly dataDir: string;
  readonly store: StateStore;
  /** Another store has trails of its own: its files are not gone on with. */
  readonly storeId: string;
  readonly account: string;
  readonly name?: string | undefined;
}

/** The trail of an account in a data folder. */
export const trailIn = ({ dataDir, store, storeId, account, name }: TrailPlace): TrailOptions => ({
  path: join(auditFolder(dataDir), `${stemOf(account, storeId)}.jsonl`),
  store,
  account,
  ...(name === undefined ? {} : { name }),
});

/** Which trails a desk looks at: those of one data folder and one store. */
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
  /** Written with another state store than this one, which alone could tell whether it is whole. */
  readonly isOtherStores?: boolean;
}

/**
 * Where a person looks at the audit trails of a data folder. It speaks with the store and the files alone.
 *
 * Errors of its methods: those of the store.
 *
 * @example
 * ```ts
 * import { openAuditDesk } from "tg-guarded";
 *
 * await using desk = await openAuditDesk();
 * for (const { account, ok, problems } of await desk.verify()) console.log(account, ok, problems);
 * ```
 */
export class AuditDesk implements AsyncDisposable {
  readonly #options: AuditDeskOptions;

  constructor(options: AuditDeskOptions) {
    this.#options = options;
  }

  /**
   * Every trail that the store knows, and every file that it does not know.
   *
   * @example
   * ```ts
   * const damaged = (await audit.verify()).filter(({ ok }) => !ok);
   * ```
   */
  async verify(): Promise<readonly TrailReport[]> {
    const trails = await this.#trails();
    const reports: TrailReport[] = [];
    for (const trail of trails) {
      reports.push({ account: trail.account, path: trail.path, ...(await verifyAuditTrail(trail)) });
    }
    return [...reports, ...(await this.#strangers(trails))];
  }

  /**
   * The last lines of all accounts, oldest first.
   *
   * @example
   * ```ts
   * for (const { at, event, actionId } of await audit.last(20)) console.log(at, event, actionId);
   * ```
   */
  async last(count: number): Promise<readonly AuditLine[]> {
    const lines: AuditLine[] = [];
    for (const trail of await this.#trails()) lines.push(...(await lastAuditLines(trail, count)));
    return lines.sort((a, b) => a.at.localeCompare(b.at)).slice(-count);
  }

  /**
   * Goes on in a new file for every trail that is damaged; tells which. For a person to decide.
   *
   * Errors: as {@link AuditTrail.append}.
   *
   * @example
   * ```ts
   * console.log(await audit.restart()); // [] where all are whole
   * ```
   */
  async restart(): Promise<readonly string[]> {
    const restarted: string[] = [];
    for (const trail of await this.#trails()) {
      if ((await verifyAuditTrail(trail)).ok) continue;
      await openAuditTrail(trail).restart();
      restarted.push(trail.account);
    }
    return restarted;
  }

  /** Closes the store that it was made with. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#options.store.close();
  }

  async #trails(): Promise<readonly TrailOptions[]> {
    const { store, name } = this.#options;
    const storeId = await storeIdOf(store);
    const trails: TrailOptions[] = [];
    for await (const [, { account }] of store.entries<AuditHead>(auditKey("", name))) {
      trails.push(trailIn({ ...this.#options, storeId, account }));
    }
    return trails;
  }

  async #strangers(trails: readonly TrailOptions[]): Promise<readonly TrailReport[]> {
    const folder = auditFolder(this.#options.dataDir);
    const ours = `-${(await storeIdOf(this.#options.store)).slice(0, ID_LENGTH)}`;
    const known = trails.map(({ path }) => path.replace(/\.jsonl$/, ""));
    const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith(".jsonl"));
    return files
      .map((file) => join(folder, file))
      .filter((path) => !known.includes(path.replace(/(\.\d+)?\.jsonl$/, "")))
      .map((path) => {
        const isOurs = path.replace(/(\.\d+)?\.jsonl$/, "").endsWith(ours);
        const problems = isOurs ? [{ file: path, line: 1, what: "no_head" as const }] : [];
        return { account: "", path, ok: !isOurs, isOtherStores: !isOurs, count: 0, waiting: 0, problems };
      });
  }
}
