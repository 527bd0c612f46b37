import { GuardedClient, type ExportOptions, type ExportReport, type FormatName } from "tg-guarded";
import { stopSignal } from "../stop-signal.js";
import { keepHeapLean } from "./lean-heap.js";
import type { SharedFlags } from "./options.js";
import { watcherFor, type Watcher } from "./watcher.js";

type CliOptions<F> = Omit<ExportOptions, "format"> & { readonly format?: F };

/** One export of the command line. */
export interface CliExport<R extends ExportReport, F extends FormatName> {
  run(client: GuardedClient, options: CliOptions<F>, watcher: Watcher): Promise<R>;
  /** One line of what came of it. */
  describe(report: R): string;
}

export interface CliExports<R extends ExportReport, F extends FormatName> {
  readonly flags: SharedFlags<F>;
  /** What is counted: messages, participants. */
  readonly unit: string;
  /** Carried out one after the other. */
  readonly jobs: readonly CliExport<R, F>[];
}

/** Opens the client, shows how far it is, and prints what came of each export. */
export async function runCliExports<R extends ExportReport, F extends FormatName>({
  flags,
  unit,
  jobs,
}: CliExports<R, F>): Promise<void> {
  keepHeapLean();
  const signal = stopSignal();
  await using client = await GuardedClient.fromEnv();
  for (const job of jobs) {
    const watcher = watcherFor(flags, unit);
    const unwatch = client.on("wait", (wait) => {
      watcher.wait(wait);
    });
    try {
      const report = await job.run(client, optionsFor(flags, watcher, signal), watcher);
      watcher.end();
      print(report, flags, job.describe(report));
    } finally {
      watcher.end();
      unwatch();
    }
  }
}

function optionsFor<F extends FormatName>(
  { out = "-", format, resume, defuseFormulas = false }: SharedFlags<F>,
  watcher: Watcher,
  signal: AbortSignal,
): CliOptions<F> {
  return {
    to: out === "-" ? process.stdout : out,
    resume,
    defuseFormulas,
    signal,
    onProgress: (progress) => {
      watcher.progress(progress);
    },
    ...(format === undefined ? {} : { format }),
  };
}

/** When the records themselves went to stdout, what came of it goes to stderr. */
function print(report: ExportReport, { json }: SharedFlags, line: string): void {
  const stream = report.path === "-" ? process.stderr : process.stdout;
  stream.write(json === true ? `${JSON.stringify(report)}\n` : `${line}\n`);
  if (json === true) return;
  for (const { what, count, why } of report.missing) process.stderr.write(`missing: ${count} × ${what}: ${why}\n`);
}

export const inRequests = (count: number): string => `${count} ${count === 1 ? "request" : "requests"}`;
