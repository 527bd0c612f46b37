import { closeSync, existsSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "libsql";
import { markerPathFor, newGeneration, readMarker, writeMarker } from "./generation.js";

/** Raised when the file and its generation marker disagree. */
export class GenerationMismatch extends Error {}

type Connection = InstanceType<typeof Database>;

/** The statements of one connection, prepared once. This file is the only one that knows the driver. */
export interface SqliteConnection {
  begin(): void;
  commit(): void;
  rollback(): void;
  read(key: string): Row | undefined;
  write(key: string, state: string, expiresAt: number | null): void;
  remove(key: string): void;
  list(prefix: string): readonly (Row & { readonly key: string })[];
  close(): void;
}

interface Row {
  readonly state: string;
  readonly expires_at: number | null;
}

export interface SqliteFile {
  /** Survives a crash of the process; a power cut may cost the last moments. */
  readonly fast: SqliteConnection;
  /** Survives a power cut: each commit waits for the disk. */
  readonly durable: SqliteConnection;
  /** False once the file at this path is another one, or none. */
  isStillThere(): boolean;
  close(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY, state TEXT NOT NULL, expires_at REAL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;`;

/** How long an opening waits for processes that open the same new file. */
const OPENING_MS = 5000;

/** Opens or makes the file, readable by its owner alone, checks its generation and drops what has expired. */
export function openSqliteFile(path: string, now: number): SqliteFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // No new file takes the place of a lost one: it would be in the way of the one that is brought back.
  if (!existsSync(path) && existsSync(markerPathFor(path))) throw new GenerationMismatch(path);
  closeSync(openSync(path, "a", 0o600));
  const { ino, dev } = statSync(path);
  const connections = whenFree(() => connectBoth(path, now));
  return {
    fast: connections[0],
    durable: connections[1],
    isStillThere() {
      const now = statSync(path, { throwIfNoEntry: false });
      return now?.ino === ino && now.dev === dev;
    },
    close() {
      for (const connection of connections) connection.close();
    },
  };
}

function connectBoth(path: string, now: number): readonly [fast: SqliteConnection, durable: SqliteConnection] {
  const opened: Connection[] = [];
  try {
    for (const synchronous of ["NORMAL", "FULL"] as const) opened.push(connect(path, synchronous));
    const [fast, durable] = opened as [Connection, Connection];
    prepareFile(durable, markerPathFor(path));
    dropExpired(durable, now);
    return [prepare(fast), prepare(durable)];
  } catch (error) {
    for (const database of opened) database.close();
    throw error;
  }
}

function connect(path: string, synchronous: "NORMAL" | "FULL"): Connection {
  const database = new Database(path);
  try {
    // A busy file answers at once: the store waits by itself, without blocking the event loop.
    database.exec("PRAGMA busy_timeout=0");
    database.exec("PRAGMA journal_mode=WAL");
    database.exec(`PRAGMA synchronous=${synchronous}`);
    // What was erased, the text of a decided question, is overwritten and not only forgotten.
    database.exec("PRAGMA secure_delete=ON");
    return database;
  } catch (error) {
    // A busy file is tried again and again: none of these must stay open.
    database.close();
    throw error;
  }
}

/**
 * Makes tables and generation, or checks them: without the write lock where they stand already, since whoever opens a busy
 * file would rarely get it. A marker is written after its generation, so it is read before.
 */
function prepareFile(database: Connection, markerPath: string): void {
  const marker = readMarker(markerPath);
  if (marker === undefined) makeGeneration(database, markerPath);
  else if (marker !== generationIn(database)) throw new GenerationMismatch(markerPath);
}

/** Under the write lock, so that processes that start together agree on one generation. */
function makeGeneration(database: Connection, markerPath: string): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    database.exec(SCHEMA);
    const generation = generationIn(database) ?? newGeneration();
    const marker = readMarker(markerPath);
    if (marker !== undefined && marker !== generation) throw new GenerationMismatch(markerPath);
    database.prepare("INSERT OR IGNORE INTO meta VALUES ('generation', ?)").run(generation);
    database.exec("COMMIT");
    if (marker === undefined) writeMarker(markerPath, generation);
  } catch (error) {
    if (database.inTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

function generationIn(database: Connection): string | undefined {
  if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'meta'").get() === undefined) return undefined;
  const row = database.prepare("SELECT value FROM meta WHERE name = 'generation'").get() as
    { readonly value: string } | undefined;
  return row?.value;
}

/** Housekeeping: what a busy file keeps today goes at another opening, and counts for nothing meanwhile. */
function dropExpired(database: Connection, now: number): void {
  try {
    database.exec("BEGIN IMMEDIATE");
  } catch (error) {
    if (isBusy(error)) return;
    throw error;
  }
  database.prepare("DELETE FROM records WHERE expires_at <= ?").run(now);
  database.exec("COMMIT");
}

/**
 * Tries again until the file is free, each time from the beginning: the driver leaves a statement that met a busy file in
 * progress, and no commit passes it. The store opens at once or not at all, so this wait blocks the event loop.
 */
function whenFree<T>(work: () => T): T {
  const until = performance.now() + OPENING_MS;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1 + Math.random() * 4);
    }
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
/** Another process has what was asked for. */
export const isBusy = (error: unknown): boolean => codeOf(error).startsWith("SQLITE_BUSY");
export const isDriverError = (error: unknown): boolean => codeOf(error).startsWith("SQLITE_");

function prepare(database: Connection): SqliteConnection {
  const read = database.prepare("SELECT state, expires_at FROM records WHERE key = ?").raw();
  const write = database.prepare("INSERT OR REPLACE INTO records VALUES (?, ?, ?)");
  const remove = database.prepare("DELETE FROM records WHERE key = ?");
  // Keys are compared byte by byte, and no byte of UTF-8 is FF: this is every key with the prefix, and no other.
  const list = database.prepare(
    "SELECT key, state, expires_at FROM records WHERE key >= ?1 AND key < ?1 || CAST(x'FF' AS TEXT)",
  );
  return {
    // For statements that give nothing back the driver's exec() is faster than a prepared one.
    begin: () => {
      database.exec("BEGIN IMMEDIATE");
    },
    commit: () => {
      database.exec("COMMIT");
    },
    rollback: () => {
      if (database.inTransaction) database.exec("ROLLBACK");
    },
    read(key) {
      const row = read.get([key]) as readonly [state: string, expiresAt: number | null] | undefined;
      return row && { state: row[0], expires_at: row[1] };
    },
    write: (key, state, expiresAt) => {
      write.run([key, state, expiresAt]);
    },
    remove: (key) => {
      remove.run([key]);
    },
    list: (prefix) => list.all(prefix) as (Row & { key: string })[],
    close: () => {
      // The driver keeps the file open as long as a prepared statement lives, so SQLite would not do this by itself:
      // after it, the file alone holds everything and may be copied.
      try {
        database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      } catch {
        // Nothing is lost by that: whoever opens the file next reads what stands beside it.
      }
      database.close();
    },
  };
}
