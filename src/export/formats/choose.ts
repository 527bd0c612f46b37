import { extname } from "node:path";
import { GuardError } from "../../errors.js";

/** `telegram-desktop` is the `result.json` that Telegram Desktop writes. */
export type FormatName = "jsonl" | "json" | "csv" | "telegram-desktop" | "markdown";
/**
 * The formats that messages are exported in.
 *
 * @example
 * ```ts
 * import { EXTENSIONS, FORMATS } from "tg-guarded";
 *
 * for (const format of FORMATS) console.log(format, EXTENSIONS[format]);
 * ```
 */
export const FORMATS = [
  "jsonl",
  "json",
  "csv",
  "telegram-desktop",
  "markdown",
] as const satisfies readonly FormatName[];

/** How a file of each format ends. */
export const EXTENSIONS: Readonly<Record<FormatName, string>> = {
  jsonl: "jsonl",
  json: "json",
  csv: "csv",
  "telegram-desktop": "json",
  markdown: "md",
};

const BY_EXTENSION: Readonly<Record<string, FormatName>> = {
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
  ".json": "json",
  ".csv": "csv",
  ".md": "markdown",
  ".markdown": "markdown",
};

/**
 * The format of a file: as asked for, else by its extension.
 *
 * @throws {@link GuardError} `input_invalid`
 */
export function formatOf<F extends FormatName>(path: string, asked: F | undefined, possible: readonly F[]): F {
  const wanted = asked ?? BY_EXTENSION[extname(path).toLowerCase()];
  const format = possible.find((name) => name === wanted);
  if (format !== undefined) return format;
  const what =
    wanted === undefined ? `${path} has no extension that tells a format` : `${wanted} is no format for this`;
  throw new GuardError("input_invalid", `${what}.`, {
    details: { path: "format" },
    nextStep: `Use one of ${possible.join(", ")}.`,
  });
}
