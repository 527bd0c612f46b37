import { closeSync, constants, openSync, readSync } from "node:fs";
import type { ReadStream } from "node:tty";

/** Drops what was typed at the terminal so far: nobody has answered a question that was not shown yet. */
export function dropTypeAhead(input: ReadStream): void {
  // Without it the kernel keeps back a line without Enter, and would hand it over with the answer.
  input.setRawMode(true);
  input.read();
  const waiting = openSync("/dev/tty", constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const chunk = Buffer.alloc(4096);
    while (readInto(waiting, chunk) > 0);
  } finally {
    closeSync(waiting);
  }
}

/** How many bytes there were; 0 for none. */
function readInto(file: number, chunk: Buffer): number {
  try {
    return readSync(file, chunk);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EAGAIN") return 0;
    throw error;
  }
}
