import { readFileSync } from "node:fs";

/** The installed version of a package. */
export function version(name) {
  const path = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(path, "utf8")).version;
}

/** 12,345 */
export const whole = (number) => Math.round(number).toLocaleString("en");

/** What was printed since the last call. */
const printed = [];
export const takePrinted = () => printed.splice(0).join("\n\n");

/** Prints a table in Markdown: the first column to the left, numbers to the right. */
export function printTable(title, head, rows) {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column].length)));
  const line = (cells) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join(" | ")} |`;
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  const table = [`${title}.`, "", line(head), line(rule), ...rows.map(line)].join("\n");
  printed.push(table);
  console.log(`\n${table}`);
}
