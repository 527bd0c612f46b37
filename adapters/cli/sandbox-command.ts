import { readFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { Command, InvalidArgumentError } from "commander";
import { parseFaultRules, SandboxError, startSandbox, type Sandbox, type WorldSource } from "tg-guarded/testing";
import { stopSignal } from "./stop-signal.js";

interface Flags {
  readonly port: number;
  readonly world: string;
  readonly messages: number;
  readonly participants: number;
  readonly seed: number;
  readonly info?: string;
  readonly log?: string;
  readonly faults?: string;
}

/** `tg-guarded sandbox`: a Telegram server on this machine, until it is stopped. */
export function sandboxCommand(): Command {
  return new Command("sandbox")
    .description("run a local Telegram server with a made-up account; prints one line of JSON about it")
    .option("--port <number>", "port of 127.0.0.1; 0 takes a free one", wholeNumber, 0)
    .option("--world <name>", "demo, generated, or a result.json of Telegram Desktop", "demo")
    .option("--messages <number>", "messages in the generated world's @generated", wholeNumber, 1000)
    .option("--participants <number>", "members of the generated world's @generated", wholeNumber, 100)
    .option("--seed <number>", "of the generated world; the same seed makes the same world", wholeNumber, 1)
    .option("--info <file>", "also write that line to this file, for TG_SANDBOX (readable by you alone)")
    .option("--log <file>", "append one line of JSON for every request")
    .option("--faults <file>", "a JSON list of faults to inject")
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  const stopped = stopSignal();
  await using sandbox = await startSandbox({
    port: flags.port,
    world: worldOf(flags),
    faults: flags.faults === undefined ? [] : parseFaultRules(readJson(flags.faults)),
    ...(flags.log === undefined ? {} : { logFile: flags.log }),
  });
  const line = `${JSON.stringify(sandbox.info)}\n`;
  if (flags.info !== undefined) writeFileSync(flags.info, line, { mode: 0o600 });
  process.stdout.write(line);
  if (!stopped.aborted) await once(stopped, "abort");
  report(sandbox);
}

function worldOf({ world, messages, participants, seed }: Flags): WorldSource {
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

function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("It must be a whole number.");
}
