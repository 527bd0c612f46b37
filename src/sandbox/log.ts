import { closeSync, openSync, writeSync } from "node:fs";

/** One request of the API, as the server saw it. */
export interface LogEntry {
  /** Milliseconds of Unix time at which it arrived, unmoved by faults that shift the server's clock. */
  readonly at: number;
  readonly connection: number;
  readonly session: string;
  readonly account: number | null;
  /** The innermost method. */
  readonly method: string;
  readonly wrappers: readonly string[];
  /** `ok`, the name of the error, or `dropped` when the client was left without an answer. */
  readonly outcome: string;
  readonly randomId?: string;
  readonly peer?: string;
}

/** Hears of a request once its outcome is decided. */
export type LogListener = (entry: LogEntry) => void;

/** All requests in order of arrival, each written down before its answer leaves. */
export class RequestLog {
  private readonly list: LogEntry[] = [];
  private readonly listeners = new Set<LogListener>();
  private file: number | undefined;

  /** @param path a file to append JSON lines to; synchronous, so that a killed process loses nothing */
  constructor(path?: string) {
    this.file = path === undefined ? undefined : openSync(path, "a");
  }

  get entries(): readonly LogEntry[] {
    return this.list;
  }

  add(entry: LogEntry): void {
    this.list.push(entry);
    if (this.file !== undefined) writeSync(this.file, `${JSON.stringify(entry)}\n`);
    for (const listener of this.listeners) listener(entry);
  }

  listen(listener: LogListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }
}
