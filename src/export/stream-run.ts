import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { progressOf, type ExportJob, type Resume } from "./export-run.js";
import { isComplete, mergeMissing, shortfall } from "./missing.js";
import { NOTHING_WRITTEN } from "./formats/format.js";
import { fileError } from "../files/file-errors.js";
import type { ExportAbout, ExportFigures, Missing } from "./shapes.js";

/** What a stream is called in reports. */
const STREAM = "-";

const FROM_THE_BEGINNING: Resume<never> = { cursor: undefined, done: 0, gathered: () => Promise.resolve([]) };

/** Writes an export to a stream, no faster than its reader takes it. The stream stays open. */
export async function runToStream<T, A extends ExportAbout>(
  job: Omit<ExportJob<T, A>, "to">,
  stream: Writable,
): Promise<ExportFigures & A> {
  const { format, metrics, about, onProgress, pageSize, arrange, whole = false } = job;
  const gathered: T[] = [];
  const before = metrics.snapshot();
  let missing: readonly Missing[] = [];
  let written = NOTHING_WRITTEN;
  let reported = 0;
  let failure: Error | undefined;

  async function* texts(): AsyncGenerator<string> {
    try {
      if (arrange === undefined) yield format.head;
      for await (const page of job.pages(FROM_THE_BEGINNING)) {
        const rendered = format.render(page.items, written);
        written = rendered.written;
        reported = page.reported;
        missing = mergeMissing(missing, page.missing ?? []);
        if (arrange === undefined) yield rendered.text;
        else gathered.push(...page.items);
        onProgress?.(progressOf(written.count, reported, pageSize));
      }
      yield arrange === undefined ? format.tail : arrange(gathered);
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }

  try {
    await pipeline(texts, stream, { end: false });
  } catch (error) {
    throw failure ?? fileError(STREAM, error);
  }
  if (whole) missing = mergeMissing(missing, shortfall(written.count, reported));
  const after = metrics.snapshot();
  return {
    complete: isComplete(missing),
    missing,
    path: STREAM,
    ...about,
    count: written.count,
    added: written.count,
    reported,
    requests: after.requests - before.requests,
    waitedMs: after.waitedMs - before.waitedMs,
  };
}
