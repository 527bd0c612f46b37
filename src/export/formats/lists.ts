import { csv, type Column, type CsvOptions } from "./csv.js";
import { NOTHING_WRITTEN, type Format } from "./format.js";
import { json, jsonl } from "./json.js";

/** What a list of members or chats may be written as. */
export type ListFormat = "jsonl" | "json" | "csv";
/** The formats of lists of members and chats. */
export const LIST_FORMATS = ["jsonl", "json", "csv"] as const satisfies readonly ListFormat[];

function listFormat<T>(name: ListFormat, columns: readonly Column<T>[], options: CsvOptions): Format<T> {
  switch (name) {
    case "jsonl":
      return jsonl();
    case "json":
      return json();
    case "csv":
      return csv(columns, options);
  }
}

/** The whole file: each record once, by ascending id, so that two lists differ only where the world does. */
export function listText<T extends { readonly id: number }>(
  name: ListFormat,
  records: readonly T[],
  columns: readonly Column<T>[],
  options: CsvOptions,
): string {
  const each = [...new Map(records.map((record) => [record.id, record])).values()].sort((a, b) => a.id - b.id);
  const format = listFormat(name, columns, options);
  return format.head + format.render(each, NOTHING_WRITTEN).text + format.tail;
}
