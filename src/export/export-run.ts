import type { Metrics } from "../metrics.js";
import {
  dropCheckpoint,
  findBeginning,
  freshBeginning,
  saveCheckpoint,
  saveManifest,
  type Beginning,
  type Checkpoint,
  type Identity,
} from "./checkpoint.js";
import { whileAlone } from "./export-lock.js";
import { isComplete, mergeMissing, shortfall } from "./missing.js";
import { NOTHING_WRITTEN, type Format } from "./formats/format.js";
import { PartFile, partPath, publish, readGathered, removePart } from "./part-file.js";
import type { ExportAbout, ExportFigures, ExportProgress, Missing } from "./shapes.js";
import { writeWhole } from "./whole-file.js";

/** Some records, in the order of the file. */
export interface ExportPage<T> {
  readonly items: readonly T[];
  /** How many there are in all, as far as Telegram tells. */
  readonly reported: number;
  /** How to go on after these. */
  readonly cursor: string;
  readonly missing?: readonly Missing[];
}

/** Where an earlier run left off. */
export interface Resume<T> {
  /** Absent at the beginning. */
  readonly cursor: string | undefined;
  /** Records that are written. */
  readonly done: number;
  /** Reads them again. For lists that are arranged at the end only. */
  readonly gathered: () => Promise<readonly T[]>;
}

/** What is written, and where to. */
export interface ExportJob<T, A extends ExportAbout> {
  readonly to: string;
  readonly identity: Identity;
  readonly format: Format<T>;
  readonly metrics: Pick<Metrics, "snapshot">;
  /** Records in one answer of Telegram's. */
  readonly pageSize: number;
  /** Everything that Telegram reports is meant to be in the file. @defaultValue false */
  readonly whole?: boolean;
  /** Begins anew whatever stands on the disk; a complete file is an error all the same. */
  readonly fresh: boolean;
  pages(resume: Resume<T>): AsyncIterable<ExportPage<T>>;
  /**
   * For lists whose order is known only at the end: makes the file of what was gathered, which stood in JSON Lines until
   * then. Such a list is made anew each time.
   */
  readonly arrange?: ((gathered: readonly T[]) => string) | undefined;
  /** Those parts of the report that do not depend on the run. */
  readonly about: A;
  readonly onProgress: ((progress: ExportProgress) => void) | undefined;
}

const beginning = (identity: Identity): Checkpoint => ({
  v: 1,
  identity: { ...identity } as Checkpoint["identity"],
  bytes: 0,
  written: NOTHING_WRITTEN,
  reported: 0,
  requests: 0,
  waitedMs: 0,
  missing: [],
});

/**
 * Writes an export so that it may be killed at any byte: each page is followed by a checkpoint, and the same export goes
 * on from the last one. A complete export that is run again adds what is new.
 *
 * @throws {@link GuardError} `export_busy` while another run writes the same export
 */
export const runExport = <T, A extends ExportAbout>(job: ExportJob<T, A>): Promise<ExportFigures & A> =>
  whileAlone(job.to, () => runAlone(job));

async function runAlone<T, A extends ExportAbout>(job: ExportJob<T, A>): Promise<ExportFigures & A> {
  const found = job.fresh ? await freshBeginning(job.to) : await findBeginning(job.to, job.identity);
  const run = new ExportRun(job, found);
  try {
    await run.open();
    for await (const page of job.pages(run.resume)) await run.add(page);
    return await run.finish();
  } catch (error) {
    await run.abandon();
    throw error;
  }
}

class ExportRun<T, A extends ExportAbout> {
  readonly #job: ExportJob<T, A>;
  readonly #kind: Beginning["kind"];
  readonly #before: ReturnType<Metrics["snapshot"]>;
  readonly #start: Checkpoint;
  #checkpoint: Checkpoint;
  #file: PartFile | undefined;

  constructor(job: ExportJob<T, A>, found: Beginning) {
    this.#job = job;
    const anew = found.kind === "complete" && job.arrange !== undefined;
    this.#kind = anew ? "fresh" : found.kind;
    this.#start = anew
      ? { ...beginning(job.identity), replaces: found.size }
      : found.kind === "fresh"
        ? beginning(job.identity)
        : found.from;
    this.#checkpoint = this.#start;
    this.#before = job.metrics.snapshot();
  }

  get resume(): Resume<T> {
    const { cursor, written, bytes } = this.#start;
    return { cursor, done: written.count, gathered: () => readGathered<T>(this.#job.to, bytes) };
  }

  /** A complete file is touched only when there is something to add. */
  async open(): Promise<void> {
    const { to, format } = this.#job;
    if (this.#kind === "complete") return;
    if (this.#kind === "interrupted") {
      this.#file = await PartFile.reopen(to, this.#start.bytes);
      return;
    }
    // One that tells of another part would cut records of this one.
    await dropCheckpoint(to);
    this.#file = await PartFile.create(to);
    await this.#file.write(format.head);
  }

  async add({ items, reported, cursor, missing = [] }: ExportPage<T>): Promise<void> {
    const { text, written } = this.#job.format.render(items, this.#checkpoint.written);
    const file = items.length === 0 ? this.#file : await this.#fileToAddTo();
    await file?.write(text);
    const { requests, waitedMs } = this.#spent();
    this.#checkpoint = {
      ...this.#checkpoint,
      bytes: file?.bytes ?? this.#checkpoint.bytes,
      written,
      cursor,
      reported,
      requests,
      waitedMs,
      missing: mergeMissing(this.#checkpoint.missing, missing),
    };
    if (file !== undefined) await saveCheckpoint(this.#job.to, this.#checkpoint);
    this.#job.onProgress?.(progressOf(written.count, reported, this.#job.pageSize));
  }

  async #fileToAddTo(): Promise<PartFile> {
    if (this.#file !== undefined) return this.#file;
    this.#file = await PartFile.extend(this.#job.to, this.#start.bytes);
    this.#checkpoint = { ...this.#checkpoint, replaces: this.#start.bytes + tailBytes(this.#job.format) };
    return this.#file;
  }

  /** The manifest comes first: killed in between, the same export finds its checkpoint and does this once more. */
  async finish(): Promise<ExportFigures & A> {
    const { to, format, arrange } = this.#job;
    const resume: Checkpoint = { ...this.#checkpoint };
    delete resume.replaces;
    const report = this.#report();
    const file = this.#file;
    if (file === undefined) await saveManifest(to, report, resume.bytes + tailBytes(format), resume);
    else if (arrange === undefined) {
      await file.write(format.tail);
      await file.close();
      await saveManifest(to, report, file.bytes, resume);
      await publish(partPath(to), to);
    } else {
      await file.close();
      const text = arrange(await readGathered<T>(to, resume.bytes));
      await saveManifest(to, report, Buffer.byteLength(text), resume);
      await writeWhole(to, text, { lasting: true });
      await removePart(to);
    }
    await dropCheckpoint(to);
    return report;
  }

  async abandon(): Promise<void> {
    const keep = this.#checkpoint.written.count > 0;
    await this.#file?.abandon(keep);
    if (!keep) await dropCheckpoint(this.#job.to);
  }

  #spent(): { requests: number; waitedMs: number } {
    const now = this.#job.metrics.snapshot();
    return {
      requests: this.#start.requests + now.requests - this.#before.requests,
      waitedMs: this.#start.waitedMs + now.waitedMs - this.#before.waitedMs,
    };
  }

  #report(): ExportFigures & A {
    const { to, about, whole = false } = this.#job;
    const { written, reported } = this.#checkpoint;
    const missing = mergeMissing(this.#checkpoint.missing, whole ? shortfall(written.count, reported) : []);
    return {
      complete: isComplete(missing),
      missing,
      path: to,
      ...about,
      count: written.count,
      added: written.count - this.#start.written.count,
      reported,
      ...this.#spent(),
    };
  }
}

/** How far it is, and what is left of it. */
export function progressOf(done: number, reported: number, pageSize: number): ExportProgress {
  const total = Math.max(done, reported);
  return { done, total, requestsLeft: Math.ceil((total - done) / pageSize) };
}

const tailBytes = ({ tail }: Format<never>): number => Buffer.byteLength(tail);
