import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { parseFaultRules, SandboxError, startSandbox, type Sandbox, type WorldSource } from "tg-guarded/testing";
import { keepHeapLean } from "./export/lean-heap.js";
import { stopSignal } from "./stop-signal.js";

const OWNER_ONLY = 0o600;

export interface SandboxFlags {
  readonly port: number;
  readonly dcs: number;
  readonly world: string;
  readonly messages: number;
  readonly participants: number;
  readonly seed: number;
  readonly info?: string;
  readonly log?: string;
  readonly faults?: string;
}

/** Runs the server until the process is told to stop. */
export async function runSandbox(flags: SandboxFlags): Promise<void> {
  // A world of any size is made on demand: it should need little memory.
  keepHeapLean();
  const stopped = stopSignal();
  await using sandbox = await startSandbox({
    port: flags.port,
    dcs: flags.dcs,
    world: worldOf(flags),
    faults: flags.faults === undefined ? [] : parseFaultRules(readJson(flags.faults)),
    ...(flags.log === undefined ? {} : { logFile: flags.log }),
  });
  const line = `${JSON.stringify(sandbox.info)}\n`;
  if (flags.info !== undefined) {
    writeFileSync(flags.info, line, { mode: OWNER_ONLY });
    // The mode counts for a new file alone.
    chmodSync(flags.info, OWNER_ONLY);
  }
  process.stdout.write(line);
  if (!stopped.aborted) await once(stopped, "abort");
  report(sandbox);
}

function worldOf({ world, messages, participants, seed }: SandboxFlags): WorldSource {
  if (world === "demo") return "demo";
  return world === "generated" ? { generated: { messages, participants, seed } } : { file: world };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SandboxError(
      "faults_invalid",
      `${file} cannot be read as JSON: ${why}`,
      "Give a file with a JSON list of fault rules.",
    );
  }
}

/** What a test's author wants to know at the end: what was asked in vain, and what never happened. */
function report({ unserved, faults, problems }: Sandbox): void {
  const lines = [
    ...[...unserved].map(([method, times]) => `not served: ${method}, asked ${times} times`),
    ...faults.unfired().map((rule) => `fault never fired: ${JSON.stringify(rule)}`),
    ...problems.map(
      (problem) =>
        `fault of the sandbox itself: ${problem instanceof Error ? (problem.stack ?? problem.message) : String(problem)}`,
    ),
  ];
  for (const text of lines) process.stderr.write(`${text}\n`);
}
