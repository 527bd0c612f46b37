import { doctor } from "tg-guarded";
import { findingPrinter } from "./print.js";

interface DoctorFlags {
  readonly config?: string;
  readonly offline?: boolean;
  readonly json?: boolean;
}

/** Prints each finding as it is made. */
export async function runDoctor({ json = false, ...options }: DoctorFlags): Promise<void> {
  const print = findingPrinter();
  let hasFault = false;
  for await (const finding of doctor(options)) {
    hasFault ||= finding.level === "fault";
    process.stdout.write(json ? `${JSON.stringify(finding)}\n` : print(finding));
  }
  // What did not answer in time may never end: the process does not wait for it.
  process.stdout.write("", () => process.exit(hasFault ? 1 : 0));
}
