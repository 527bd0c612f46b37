import { constants } from "node:os";
import { doctor } from "tg-guarded";
import { findingPrinter } from "./print.js";
import { mcpProbe } from "./probe.js";

export interface DoctorFlags {
  readonly config?: string;
  readonly offline?: boolean;
  readonly json?: boolean;
  /** In seconds. */
  readonly timeout: number;
}

/** Prints each finding as it is made. */
export async function runDoctor({ json = false, offline = false, timeout, ...rest }: DoctorFlags): Promise<void> {
  endWithExit();
  const print = findingPrinter();
  const timeoutMs = timeout * 1000;
  let hasFault = false;
  for await (const finding of doctor({ ...rest, offline, timeoutMs, probe: mcpProbe({ offline, timeoutMs }) })) {
    hasFault ||= finding.level === "fault";
    process.stdout.write(json ? `${JSON.stringify(finding)}\n` : print(finding));
  }
  // What did not answer in time may never end: the process does not wait for it.
  process.stdout.write("", () => process.exit(hasFault ? 1 : 0));
}

/** A server that was started has a process group of its own, which no Ctrl-C reaches: it is ended at the exit of this one. */
function endWithExit(): void {
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(name, () => process.exit(128 + constants.signals[name]));
  }
}
