import type { Transition } from "../stores/store.js";
import { chainLine, NO_HASH } from "./chained-line.js";
import type { CheckedEntry } from "./entry.js";

/** A line and the one place where it belongs, so that whoever writes it, however often, writes the same bytes there. */
export interface PlacedLine {
  readonly n: number;
  /** Files count from 1. */
  readonly file: number;
  /** In bytes, from the beginning of the file. */
  readonly offset: number;
  readonly prev: string;
  /** With its line feed. */
  readonly text: string;
}

/** Where the trail ends, in the store: what a file that was cut, changed or replaced cannot agree with. */
export interface AuditHead {
  readonly v: 1;
  readonly account: string;
  /** How many lines there are. */
  readonly n: number;
  readonly hash: string;
  /** The last file, and how long it is. */
  readonly file: number;
  readonly sizeBytes: number;
  /** Where the trail begins: its first file, and the line before that file's first. */
  readonly begins: { readonly file: number; readonly n: number; readonly hash: string };
  /** Lines that nobody is known to have written into the file yet. */
  readonly pending: readonly PlacedLine[];
}

/** More than so many unwritten lines mean that no file takes them. */
const MOST_PENDING = 256;

const emptyHead = (account: string): AuditHead => ({
  v: 1,
  account,
  n: 0,
  hash: NO_HASH,
  file: 1,
  sizeBytes: 0,
  begins: { file: 1, n: 0, hash: NO_HASH },
  pending: [],
});

export interface Adding {
  readonly account: string;
  readonly entry: CheckedEntry;
  /** A file that would grow beyond this is left, and the next one begun. */
  readonly limitBytes: number;
}

/**
 * Adds a line to the chain, and tells all that are still to be written, this one included; `undefined` when too many
 * wait already. It is the store that decides the order, and what it has taken is never lost: the next one to append
 * writes what a killed process did not.
 */
export const addLine =
  ({ account, entry, limitBytes }: Adding): Transition<AuditHead, readonly PlacedLine[] | undefined> =>
  (current, now) => {
    const head = current ?? emptyHead(account);
    if (head.pending.length >= MOST_PENDING) return { next: current, result: undefined };
    const n = head.n + 1;
    const at = new Date(now).toISOString();
    const { text, hash } = chainLine(entry, { n, at, account, prev: head.hash });
    const placed = place(head, { n, prev: head.hash, text }, limitBytes);
    return { next: { ...placed, n, hash }, result: placed.pending };
  };

function place(head: AuditHead, line: Pick<PlacedLine, "n" | "prev" | "text">, limitBytes: number): AuditHead {
  const length = Buffer.byteLength(line.text);
  const isFull = head.sizeBytes > 0 && head.sizeBytes + length > limitBytes;
  const file = isFull ? head.file + 1 : head.file;
  const offset = isFull ? 0 : head.sizeBytes;
  return { ...head, file, sizeBytes: offset + length, pending: [...head.pending, { ...line, file, offset }] };
}

/** These lines are on the disk. One that a restart has moved to another file meanwhile still waits. */
export const markWritten =
  (written: readonly PlacedLine[]): Transition<AuditHead, undefined> =>
  (current) => {
    const fileOf = new Map(written.map(({ n, file }) => [n, file]));
    const pending = current?.pending.filter(({ n, file }) => fileOf.get(n) !== file) ?? [];
    const same = current === undefined || pending.length === current.pending.length;
    return { next: same ? current : { ...current, pending }, result: undefined };
  };

export interface Restarting {
  readonly account: string;
  readonly limitBytes: number;
  /** The first number that no file on the disk has. */
  readonly freeFile: number;
}

/**
 * Gives up the files there are and goes on in a new one: by a person's decision, after they were damaged. The chain goes
 * on with its count, and lines that no file has yet move to the new one.
 */
export const restart =
  ({ account, freeFile, limitBytes }: Restarting): Transition<AuditHead, undefined> =>
  (current) => {
    const head = current ?? emptyHead(account);
    const file = Math.max(freeFile, head.file + 1);
    const first = head.pending[0];
    const begins = { file, n: (first?.n ?? head.n + 1) - 1, hash: first?.prev ?? head.hash };
    let next: AuditHead = { ...head, file, sizeBytes: 0, begins, pending: [] };
    for (const { n, prev, text } of head.pending) next = place(next, { n, prev, text }, limitBytes);
    return { next, result: undefined };
  };

/** Looks, and changes nothing. */
export const lookAtHead: Transition<AuditHead, AuditHead | undefined> = (current) => ({
  next: current,
  result: current,
});
