import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Death } from "./plan.js";

/** What a process is told to do. */
export interface Task {
  readonly options: unknown;
  readonly path: string;
  readonly orders: readonly unknown[];
  readonly death?: Death;
  /** Killed from outside, wherever it then is, in milliseconds. */
  readonly killAfterMs?: number;
}

export interface ToldOutcome {
  readonly kind: "outcome";
  readonly id: string;
  readonly mode: "code" | "operator";
  /** That of an outcome, or the code of an error. */
  readonly status: string;
  readonly applied?: string;
  readonly nextStep?: string;
  /** Telegram's name of the error. */
  readonly name?: string;
  readonly repeated?: boolean;
  /** How the items of a batch ended. */
  readonly items?: readonly string[];
}

interface ToldDeath {
  readonly kind: "death";
  readonly operation: string;
  readonly isUnderWay: boolean;
  readonly point: string;
}

export interface Shift {
  readonly outcomes: readonly ToldOutcome[];
  readonly wasKilled: boolean;
  /** Absent where it was killed from outside. */
  readonly death?: ToldDeath;
}

const WORKER = fileURLToPath(new URL("../chaos-worker.mjs", import.meta.url));

/** One process, from its start to its end. */
export async function work({ killAfterMs, ...task }: Task): Promise<Shift> {
  const child = spawn(process.execPath, [WORKER], { stdio: ["pipe", "pipe", "inherit"] });
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  child.stdin.on("error", () => undefined);
  child.stdin.end(JSON.stringify(task));
  const ended = once(child, "close");
  const told: (ToldOutcome | ToldDeath)[] = [];
  for await (const line of createInterface({ input: child.stdout }))
    told.push(JSON.parse(line) as (typeof told)[number]);
  await ended;
  clearTimeout(timer);
  if (child.signalCode === null && child.exitCode !== 0) throw new Error(`A worker ended with ${child.exitCode}.`);
  const outcomes = told.filter((line) => line.kind === "outcome");
  const [death] = told.filter((line) => line.kind === "death");
  return { outcomes, wasKilled: child.signalCode === "SIGKILL", ...(death === undefined ? {} : { death }) };
}
