import { styleText } from "node:util";
import type { Finding, FindingLevel } from "tg-guarded";
import { plainText } from "../plain-text.js";

const STYLES = { ok: "green", note: "cyan", warning: "yellow", fault: "red" } as const;
const LEVEL_WIDTH = "warning".length;
const TOPIC_WIDTH = "configuration".length;

/** A line for each finding, what mends it below, and a heading before the findings of each server. */
export function findingPrinter(stream: NodeJS.WriteStream = process.stdout): (finding: Finding) => string {
  const colourful = stream.isTTY && !process.env["NO_COLOR"];
  const paint = (level: FindingLevel, text: string): string => (colourful ? styleText(STYLES[level], text) : text);
  let server: string | undefined;
  return (finding) => {
    const { level, topic, text, mend } = finding;
    const heading = finding.server === server ? "" : `\n${plainText(finding.server ?? "All of them")}\n`;
    server = finding.server;
    const line = `${paint(level, level.padEnd(LEVEL_WIDTH))}  ${topic.padEnd(TOPIC_WIDTH)}  ${plainText(text)}\n`;
    const indent = " ".repeat(LEVEL_WIDTH + TOPIC_WIDTH + 4);
    return `${heading}${line}${mend === undefined ? "" : `${indent}→ ${plainText(mend)}\n`}`;
  };
}
