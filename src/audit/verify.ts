import type { StateStore } from "../stores/store.js";
import { checkFile, type Expected } from "./check-file.js";
import { fileName, isPartOf, readTrailFile } from "./files.js";
import { lookAtHead, type AuditHead } from "./head.js";
import { auditKey, type TrailOptions } from "./trail.js";

/**
 * What is wrong with a line. `changed`: its hash does not fit it. `unreadable`: it is no line of a trail. `out_of_order`:
 * it does not follow on the line before. `missing_file`: a whole file is gone. `cut`: lines are missing at the end.
 * `extra`: there is more than the store knows. `no_head`: the store knows of no such trail.
 */
export type AuditProblemKind = "changed" | "unreadable" | "out_of_order" | "missing_file" | "cut" | "extra" | "no_head";

/** A line that is not what it should be. */
export interface AuditProblem {
  readonly file: string;
  /** Counts from 1 in that file. */
  readonly line: number;
  readonly what: AuditProblemKind;
}

/** What a look through a trail has found. */
export interface AuditReport {
  readonly ok: boolean;
  /** How many lines were read, those that wait included. */
  readonly count: number;
  /** Lines that the store has and no file yet; the next one to append writes them into the file. */
  readonly waiting: number;
  /** At most 100. */
  readonly problems: readonly AuditProblem[];
}

const MOST_PROBLEMS = 100;

/** Reads a whole trail and compares it with its head in the store. It changes nothing; others may append meanwhile. */
export async function verifyAuditTrail({ path, store, account, name }: TrailOptions): Promise<AuditReport> {
  const key = auditKey(account, name);
  const head = await readHead(store, key);
  if (head === undefined) return verifyHeadless(path);
  const report = await verifyFiles(path, head, "whole");
  if (report.ok) return report;
  // What others have added since the head was read is no fault.
  const isStill = (await readHead(store, key))?.n === head.n;
  return isStill ? report : verifyFiles(path, head, "up to the head");
}

const readHead = (store: StateStore, key: string): Promise<AuditHead | undefined> => store.update(key, lookAtHead);

async function verifyHeadless(path: string): Promise<AuditReport> {
  const bytes = await readTrailFile(path, 1);
  const problems: AuditProblem[] =
    bytes === undefined || bytes.length === 0 ? [] : [{ file: path, line: 1, what: "no_head" }];
  return { ok: problems.length === 0, count: 0, waiting: 0, problems };
}

async function verifyFiles(path: string, head: AuditHead, extent: "whole" | "up to the head"): Promise<AuditReport> {
  const problems: AuditProblem[] = [];
  let expected: Expected = { n: head.begins.n, hash: head.begins.hash };
  let [count, waiting, lastLine] = [0, 0, 0];
  for (let file = head.begins.file; file <= head.file; file++) {
    const name = fileName(path, file);
    const found = await readTrailFile(path, file);
    const filled = fillIn(found ?? Buffer.alloc(0), head, file);
    waiting += filled.waiting;
    if (found === undefined && filled.bytes.length === 0 && head.n > head.begins.n) {
      problems.push({ file: name, line: 1, what: "missing_file" });
    }
    const isEnd = file === head.file && extent !== "whole";
    const checked = checkFile(isEnd ? filled.bytes.subarray(0, head.sizeBytes) : filled.bytes, expected);
    problems.push(...checked.faults.map((fault) => ({ file: name, ...fault })));
    count += checked.count;
    lastLine = checked.count;
    expected = checked.end;
  }
  problems.push(...compareEnds(fileName(path, head.file), lastLine, expected, head));
  if (extent === "whole" && (await readTrailFile(path, head.file + 1)) !== undefined) {
    problems.push({ file: fileName(path, head.file + 1), line: 1, what: "extra" });
  }
  return { ok: problems.length === 0, count, waiting, problems: problems.slice(0, MOST_PROBLEMS) };
}

function compareEnds(file: string, line: number, end: Expected, head: AuditHead): readonly AuditProblem[] {
  if (end.n < head.n) return [{ file, line: line + 1, what: "cut" }];
  if (end.n > head.n) return [{ file, line, what: "extra" }];
  return end.hash === head.hash ? [] : [{ file, line, what: "changed" }];
}

/** The file as it will be once the lines that wait are written. What cannot be a beginning of them is left to be found. */
function fillIn(found: Buffer, { pending }: AuditHead, file: number): { bytes: Buffer; waiting: number } {
  let bytes = found;
  let waiting = 0;
  for (const line of pending) {
    if (line.file !== file || line.offset > bytes.length) continue;
    const text = Buffer.from(line.text);
    const end = line.offset + text.length;
    const there = bytes.subarray(line.offset, end);
    if (there.equals(text) || !isPartOf(there, text)) continue;
    waiting++;
    bytes = Buffer.concat([bytes.subarray(0, line.offset), text, bytes.subarray(end)]);
  }
  return { bytes, waiting };
}
