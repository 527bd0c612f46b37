import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

/** A worker that is given orders, one JSON line each, and tells what it does, one JSON line each. */
export interface OrderedWorker<T> {
  give(order: unknown): void;
  /** The next thing it tells; `undefined` when it has ended. */
  next(): Promise<T | undefined>;
  /** Everything that it still tells until it ends. */
  rest(): Promise<T[]>;
  /** No more orders. */
  done(): void;
  kill(): void;
  /** Its exit code, or null when it was killed. */
  readonly ended: Promise<number | null>;
}

/** Starts a script of this folder in a process of its own; it works from the built package. */
export function startOrdered<T>(script: string, setup: unknown): OrderedWorker<T> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(process.execPath, [path, JSON.stringify(setup)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  // One that was killed reads no more orders.
  child.stdin.on("error", () => undefined);
  const ended = once(child, "close").then(() => child.exitCode);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<T | undefined> => {
    const line = await lines.next();
    return line.done === true ? undefined : (JSON.parse(line.value) as T);
  };
  return {
    give: (order) => child.stdin.write(`${JSON.stringify(order)}\n`),
    next,
    async rest() {
      const all: T[] = [];
      for (let told = await next(); told !== undefined; told = await next()) all.push(told);
      return all;
    },
    done: () => child.stdin.end(),
    kill: () => child.kill("SIGKILL"),
    ended,
  };
}
