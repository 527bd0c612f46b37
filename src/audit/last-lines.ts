import { readLine } from "./chained-line.js";
import type { AuditLine } from "./entry.js";
import { readTrailFile } from "./files.js";
import { lookAtHead } from "./head.js";
import { auditKey, type TrailOptions } from "./trail.js";

/** The last lines of the trail, oldest first, as they stand in the files. Whether they are genuine `verifyAuditTrail` tells. */
export async function lastAuditLines(
  { path, store, account, name }: TrailOptions,
  last: number,
): Promise<readonly AuditLine[]> {
  const head = await store.update(auditKey(account, name), lookAtHead);
  let lines: AuditLine[] = [];
  for (let file = head?.file ?? 1; file >= (head?.begins.file ?? 1) && lines.length < last; file--) {
    const bytes = await readTrailFile(path, file);
    lines = [...readable(bytes?.toString("utf8") ?? ""), ...lines];
  }
  return lines.slice(-last);
}

const readable = (text: string): AuditLine[] =>
  text.split("\n").flatMap((line) => readLine(Buffer.from(`${line}\n`))?.line ?? []);
