import { Writable } from "node:stream";
import { z } from "zod";
import { FORMATS, type FormatName } from "./formats/choose.js";
import type { ExportProgress } from "./shapes.js";

/** What every export takes. */
export interface ExportOptions {
  /** The file to write, or a stream such as stdout. A stream cannot be resumed and has no manifest. */
  readonly to: string | Writable;
  /** @defaultValue by the extension of the file; `jsonl` for a stream */
  readonly format?: FormatName;
  /**
   * Goes on with what an earlier run of the same export left, and adds to a complete one what is new. `false` begins
   * anew, and never over a complete file.
   *
   * @defaultValue true
   */
  readonly resume?: boolean;
  /** In CSV: puts a `'` before what a spreadsheet would take for a formula. @defaultValue false */
  readonly defuseFormulas?: boolean;
  /**
   * Keeps to the folders that the client may write to: `to` is relative to the first of them, lies inside of one, and is a
   * new file. @defaultValue false
   */
  readonly withinRoots?: boolean;
  /** After each page. */
  readonly onProgress?: (progress: ExportProgress) => void;
  /** Stops it; what is written stays, and the same export goes on from there. */
  readonly signal?: AbortSignal;
}

/** The same for zod. */
export const exportOptionsSchema = {
  to: z.union([z.string().min(1), z.instanceof(Writable)]),
  format: z.enum(FORMATS).exactOptional(),
  resume: z.boolean().default(true),
  defuseFormulas: z.boolean().default(false),
  onProgress: z.custom<(progress: ExportProgress) => void>((value) => typeof value === "function").exactOptional(),
  signal: z.instanceof(AbortSignal).exactOptional(),
};
