import { stringify } from "csv-stringify/sync";
import type { Format } from "./format.js";

/** A column: its title, and what stands in it. */
export type Column<T> = readonly [title: string, value: (item: T) => string | number | boolean | undefined];

export interface CsvOptions {
  /** Puts a `'` before what a spreadsheet would take for a formula. */
  readonly defuseFormulas?: boolean;
}

/** CSV by RFC 4180, with a line of titles: commas, CRLF, quotes where they are needed. */
export function csv<T>(columns: readonly Column<T>[], { defuseFormulas = false }: CsvOptions = {}): Format<T> {
  const lines = (rows: readonly (readonly unknown[])[]): string =>
    stringify(
      rows.map((row) => [...row]),
      {
        record_delimiter: "windows",
        escape_formulas: defuseFormulas,
        // A lone CR ends a line for some readers, and the library quotes only for what ends its own lines.
        quoted_match: /[\r\n]/,
        cast: { boolean: String },
      },
    );
  return {
    head: lines([columns.map(([title]) => title)]),
    tail: "",
    render: (items, { count }) => ({
      text: lines(items.map((item) => columns.map(([, value]) => value(item)))),
      written: { count: count + items.length },
    }),
  };
}
