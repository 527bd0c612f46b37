import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface WorkerProcess {
  /** The lines it wrote, as they come. */
  readonly lines: AsyncIterable<string>;
  kill(): void;
  /** How it ended: its exit code, or null when it was killed, and what it complained about. */
  readonly ended: Promise<{ readonly code: number | null; readonly complaint: string }>;
}

/** Starts a script of this folder in a process of its own. */
export function startWorker(script: string, args: readonly string[]): WorkerProcess {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  return {
    lines: createInterface({ input: child.stdout }),
    kill: () => {
      child.kill("SIGKILL");
    },
    ended: ending(child),
  };
}

async function ending(child: ChildProcess): Promise<{ code: number | null; complaint: string }> {
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  await once(child, "close");
  return { code: child.exitCode, complaint };
}
