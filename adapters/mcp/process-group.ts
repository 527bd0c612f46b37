import { spawnSync, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** On Windows there are no process groups; a tree of processes is ended by a command. */
export const HAS_GROUPS = process.platform !== "win32";

const POLL_MS = 20;

/** A process and all that it started, unless one of those left the group on purpose. */
export class ProcessGroup {
  constructor(private readonly leader: ChildProcess) {}

  get isGone(): boolean {
    const { pid, exitCode, signalCode } = this.leader;
    if (pid === undefined) return true;
    if (exitCode === null && signalCode === null) return false;
    if (!HAS_GROUPS) return true;
    try {
      process.kill(-pid, 0);
      return false;
    } catch {
      return true;
    }
  }

  signal(name: "SIGTERM" | "SIGKILL"): void {
    const { pid } = this.leader;
    if (pid === undefined || this.isGone) return;
    if (!HAS_GROUPS) {
      spawnSync("taskkill", ["/PID", String(pid), "/T", "/F"], { windowsHide: true, timeout: 5000 });
      return;
    }
    try {
      process.kill(-pid, name);
    } catch {
      // It went in between.
    }
  }

  /** Whether it was gone in time. */
  async waitGone(ms: number): Promise<boolean> {
    const until = performance.now() + ms;
    while (!this.isGone && performance.now() < until) await sleep(POLL_MS);
    return this.isGone;
  }
}
