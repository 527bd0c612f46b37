import { readLine } from "./chained-line.js";

/** The line that the next one must follow on. */
export interface Expected {
  readonly n: number;
  readonly hash: string;
}

interface Fault {
  /** Counts from 1. */
  readonly line: number;
  readonly what: "changed" | "unreadable" | "out_of_order";
}

export interface CheckedFile {
  readonly count: number;
  readonly faults: readonly Fault[];
  /** The last line, for the next file. */
  readonly end: Expected;
}

/** Checks line by line. After a fault it goes on from what the line says of itself, so that one fault is told once. */
export function checkFile(bytes: Buffer, begin: Expected): CheckedFile {
  const faults: Fault[] = [];
  let end = begin;
  let count = 0;
  for (const slice of linesOf(bytes)) {
    count++;
    const read = readLine(slice);
    if (read === undefined) {
      faults.push({ line: count, what: "unreadable" });
      continue;
    }
    const { n, prev, hash } = read.line;
    if (!read.isWhole) faults.push({ line: count, what: "changed" });
    if (n !== end.n + 1 || prev !== end.hash) faults.push({ line: count, what: "out_of_order" });
    end = { n, hash };
  }
  return { count, faults, end };
}

const LINE_FEED = 0x0a;

/** The lines with their line feeds; the last one may lack it, which its hash does not forgive. */
function* linesOf(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length;) {
    const feed = bytes.indexOf(LINE_FEED, from);
    const to = feed === -1 ? bytes.length : feed + 1;
    yield bytes.subarray(from, to);
    from = to;
  }
}
