import type { Writable } from "node:stream";
import { runExport, type ExportJob } from "./export-run.js";
import type { ExportAbout, ExportFigures } from "./shapes.js";
import { runToStream } from "./stream-run.js";

/** Writes an export to a file, where it can be resumed, or to a stream. */
export const runTo = <T, A extends ExportAbout>(
  to: string | Writable,
  job: Omit<ExportJob<T, A>, "to">,
): Promise<ExportFigures & A> => (typeof to === "string" ? runExport({ ...job, to }) : runToStream(job, to));
