import { createHash } from "node:crypto";
import { auditLine, type AuditLine, type CheckedEntry } from "./entry.js";

/** What stands before the first line. */
export const NO_HASH = "0".repeat(64);

const HASH_FIELD = `,"hash":"`;
/** How a line ends: the field with its hash, the brace, the line feed. */
const tailOf = (hash: string): string => `${HASH_FIELD}${hash}"}\n`;
const TAIL_LENGTH = tailOf(NO_HASH).length;

export interface ChainedLine {
  /** With its line feed. */
  readonly text: string;
  readonly hash: string;
}

export interface LinePlace {
  readonly n: number;
  readonly at: string;
  readonly account: string;
  readonly prev: string;
}

/** Writes an entry as a line that follows on the one with the hash `prev`. The same always gives the same bytes. */
export function chainLine(entry: CheckedEntry, { n, at, account, prev }: LinePlace): ChainedLine {
  const { event, actionId, digest, operation, targets, batchId, item, status, approver, code } = entry;
  const fields = { actionId, digest, operation, targets, batchId, item, status, approver, code };
  const body = JSON.stringify({ v: 1, n, at, account, event, ...fields, prev });
  const hash = sha256(Buffer.from(body));
  return { text: body.slice(0, -1) + tailOf(hash), hash };
}

export interface ReadLine {
  readonly line: AuditLine;
  /** False when the hash does not fit the bytes. */
  readonly isWhole: boolean;
}

/** Reads a line with its line feed; `undefined` for what is no line of a trail. The hash is taken over the very bytes. */
export function readLine(bytes: Buffer): ReadLine | undefined {
  const body = bytes.subarray(0, -TAIL_LENGTH);
  const tail = bytes.subarray(-TAIL_LENGTH).toString("latin1");
  const hash = sha256(Buffer.concat([body, Buffer.from("}")]));
  const parsed = auditLine.safeParse(jsonOf(bytes.toString("utf8")));
  return parsed.success ? { line: parsed.data, isWhole: tail === tailOf(hash) } : undefined;
}

/** The bytes that must stand right before a line whose `prev` is this. */
export const endOfLineBefore = (prev: string): Buffer => Buffer.from(tailOf(prev));

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
