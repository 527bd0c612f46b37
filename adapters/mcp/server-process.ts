import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { BoundedLines } from "./bounded-lines.js";
import { HAS_GROUPS, ProcessGroup } from "./process-group.js";
import { startedCommand } from "./windows-command.js";

/** What is started, with exactly these variables. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** How a process ended by itself. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What it took: to close its input, SIGTERM, or SIGKILL. */
export type EndedBy = "input" | "SIGTERM" | "SIGKILL";

const LAST_LINES = 6;
const LONGEST_LINE_BYTES = 4096;
/** For each of the three steps. */
const GRACE_MS = 2000;

/** A server's process, which leads a group of its own, so that nothing that it started stays behind. */
export class ServerProcess {
  readonly #group: ProcessGroup;
  readonly #words: string[] = [];
  #ended: Promise<EndedBy> | undefined;

  private constructor(private readonly child: ChildProcessByStdio<Writable, Readable, Readable>) {
    this.#group = new ProcessGroup(child);
    const lines = new BoundedLines(LONGEST_LINE_BYTES, (line) => {
      if (line === "") return;
      this.#words.push(line ?? "(a long line)");
      if (this.#words.length > LAST_LINES) this.#words.shift();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      lines.push(chunk);
    });
    child.stderr.once("end", () => {
      if (lines.hasPart) lines.flush();
    });
    // A pipe breaks when the other end is gone, which is seen by its end.
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on("error", () => undefined);
    process.once("exit", this.#killNow);
  }

  /** Rejects with the system's error where nothing can be started. */
  static start({ command, args, env, cwd }: ServerCommand): Promise<ServerProcess> {
    return new Promise((resolve, reject) => {
      const { command: program, args: words, windowsVerbatimArguments } = startedCommand(command, args);
      const child = spawn(program, words, {
        ...{ env, windowsVerbatimArguments },
        ...(cwd === undefined ? {} : { cwd }),
        detached: HAS_GROUPS,
        stdio: ["pipe", "pipe", "pipe"],
        windowsHide: true,
      });
      const started = new ServerProcess(child);
      child.once("error", (error) => {
        process.removeListener("exit", started.#killNow);
        reject(error);
      });
      child.once("spawn", () => {
        resolve(started);
      });
    });
  }

  get stdin(): Writable {
    return this.child.stdin;
  }

  get stdout(): Readable {
    return this.child.stdout;
  }

  /** How it ended, once it has. */
  get ending(): Ending | undefined {
    const { exitCode: code, signalCode: signal } = this.child;
    return code === null && signal === null ? undefined : { code, signal };
  }

  /** The last lines of its standard error, oldest first: whole ones. They may hold secrets. */
  get lastWords(): readonly string[] {
    return this.#words;
  }

  /** Once it has ended and everything that it wrote was read. */
  onClose(listener: () => void): void {
    this.child.once("close", listener);
  }

  /** Ends it for sure, as hosts do: its input is closed, then SIGTERM, then SIGKILL. */
  end(): Promise<EndedBy> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<EndedBy> {
    try {
      this.child.stdin.end();
      if (await this.#group.waitGone(GRACE_MS)) return "input";
      this.#group.signal("SIGTERM");
      if (await this.#group.waitGone(GRACE_MS)) return "SIGTERM";
      this.#group.signal("SIGKILL");
      await this.#group.waitGone(GRACE_MS);
      return "SIGKILL";
    } finally {
      process.removeListener("exit", this.#killNow);
      // One that left the group may still hold them open.
      for (const stream of [this.child.stdin, this.child.stdout, this.child.stderr]) stream.destroy();
    }
  }

  /** This process ends before it was over: then there is no time for grace. */
  readonly #killNow = (): void => {
    this.#group.signal("SIGKILL");
  };
}
