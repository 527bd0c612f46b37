import { fileURLToPath } from "node:url";
import { spawn } from "@lydell/node-pty";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

export interface PseudoTerminal {
  /** Everything it has shown so far. */
  readonly shown: () => string;
  /** Resolves once it has shown this behind what was waited for before; rejects when the command ends without it. */
  readonly until: (text: string | RegExp) => Promise<RegExpExecArray>;
  /** Types a line and Enter. */
  readonly type: (line: string) => void;
  /** Ctrl-C. */
  readonly interrupt: () => void;
  /** SIGTERM. */
  readonly terminate: () => void;
  readonly ended: Promise<number>;
}

/** Runs the built command at a terminal of its own, as a person does. */
export function cliAtTerminal(args: readonly string[], env: Readonly<Record<string, string>> = {}): PseudoTerminal {
  const path = process.env["PATH"] ?? "";
  const child = spawn(process.execPath, [CLI, ...args], {
    cols: 120,
    rows: 40,
    env: { PATH: path, TERM: "xterm", ...env },
  });
  let shown = "";
  let seen = 0;
  let isOver = false;
  const watchers = new Set<() => void>();
  const notify = (): void => {
    for (const look of [...watchers]) look();
  };
  child.onData((data) => {
    shown += data;
    notify();
  });
  const ended = new Promise<number>((resolve) => {
    child.onExit(({ exitCode }) => {
      isOver = true;
      notify();
      resolve(exitCode);
    });
  });
  const until = (text: string | RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const pattern = typeof text === "string" ? new RegExp(escapeAll(text)) : text;
      const look = (): void => {
        const found = pattern.exec(shown.slice(seen));
        if (found !== null) seen += found.index + found[0].length;
        else if (!isOver) return;
        watchers.delete(look);
        if (found === null) reject(new Error(`It ended without ${String(pattern)}; it showed:\n${shown}`));
        else resolve(found);
      };
      watchers.add(look);
      look();
    });
  return {
    shown: () => shown,
    until,
    type: (line) => {
      child.write(`${line}\r`);
    },
    terminate: () => {
      child.kill("SIGTERM");
    },
    interrupt: () => {
      child.write("\u0003");
    },
    ended,
  };
}

const escapeAll = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
