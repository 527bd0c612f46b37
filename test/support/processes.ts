import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

interface Running {
  readonly pid: string;
  readonly parent: string;
  readonly state: string;
}

/** By the kernel's own files where there are any: not every machine has a `ps`. */
function running(): readonly Running[] {
  if (!existsSync("/proc/self/stat")) return byPs();
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => byKernel(pid));
}

function byKernel(pid: string): readonly Running[] {
  try {
    // The name of the program, in brackets, may hold anything.
    const [, state = "", parent = ""] = /^.*\) (\S) (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return [{ pid, parent, state }];
  } catch {
    // It has ended since the folder was read.
    return [];
  }
}

const byPs = (): readonly Running[] =>
  execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .map(([pid = "", parent = "", state = ""]) => ({ pid, parent, state }));

/** One that has ended and was not yet waited for counts as gone. */
const lives = ({ state }: Running): boolean => !state.startsWith("Z");

/** The processes that this one has started and that still run. */
export const childrenOf = (pid: number | undefined): readonly string[] =>
  running()
    .filter((one) => one.parent === String(pid) && lives(one))
    .map((one) => one.pid);

export const isAlive = (pid: string): boolean => running().some((one) => one.pid === pid && lives(one));
