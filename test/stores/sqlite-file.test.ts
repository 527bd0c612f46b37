import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { isGuardError, type ErrorCode, type StateStore } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { tempFolder } from "../support/temp-folder.js";

const temporary = await tempFolder();
const root = temporary.path;
afterAll(() => temporary[Symbol.asyncDispose]());
let count = 0;
let folder: string;
let path: string;

beforeEach(() => {
  folder = join(root, String(count++), "data");
  path = join(folder, "state.sqlite");
});

const modeOf = (file: string): number => statSync(file).mode & 0o777;
const write = (store: StateStore): Promise<undefined> =>
  store.update("key", () => ({ next: "written", result: undefined }), { durable: true });
const read = (store: StateStore): Promise<unknown> =>
  store.update<unknown, unknown>("key", (current) => ({ next: current, result: current }));

async function openedOnce(): Promise<void> {
  const store = sqliteStore({ path });
  await write(store);
  await store.close();
}

const removeDatabase = (): void => {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
};

async function codeOf(action: () => Promise<unknown> | StateStore): Promise<ErrorCode | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    if (isGuardError(error)) return error.code;
    throw error;
  }
}

describe("The state file", () => {
  test("is readable by its owner alone, and so are its folder and everything beside it", async () => {
    const umask = process.umask(0);
    try {
      const store = sqliteStore({ path });
      await write(store);
      expect(modeOf(folder)).toBe(0o700);
      const files = readdirSync(folder);
      expect(files).toContain("state.sqlite");
      expect(files).toContain(".generation-state.sqlite");
      for (const file of files) expect([file, modeOf(join(folder, file))]).toEqual([file, 0o600]);
      await store.close();
    } finally {
      process.umask(umask);
    }
  });

  test("keeps nothing of what was erased", async () => {
    const store = sqliteStore({ path });
    const texts = Array.from({ length: 50 }, (_, index) => `an erased text, ${String(index).repeat(400)}`);
    for (const [index, text] of texts.entries()) {
      await store.update(`record ${index}`, () => ({ next: { text }, result: 0 }), { durable: true });
    }
    for (const index of texts.keys()) {
      const next = index % 2 === 0 ? undefined : { text: "" };
      await store.update<object, number>(`record ${index}`, () => ({ next, result: 0 }), { durable: true });
    }
    await store.close();
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name)).includes("an erased text")).toBe(false);
  });

  test("leaves the mode of a folder that was there before alone", async () => {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
    await openedOnce();
    expect(modeOf(folder)).toBe(0o755);
  });

  test("answers with store_unavailable when it cannot be opened", async () => {
    mkdirSync(path, { recursive: true });
    expect(await codeOf(() => sqliteStore({ path }))).toBe("store_unavailable");
  });

  test("that is no database is refused and left as it is", async () => {
    await openedOnce();
    removeDatabase();
    const damaged = "This is no database. ".repeat(500);
    writeFileSync(path, damaged);
    expect(await codeOf(() => sqliteStore({ path }))).toBe("store_unavailable");
    expect(readFileSync(path, "utf8")).toBe(damaged);
  });

  test("whose pages are damaged is refused and never taken for empty", async () => {
    await openedOnce();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 100);
    writeFileSync(path, bytes);
    const code = await codeOf(async () => {
      const store = sqliteStore({ path });
      try {
        return await read(store);
      } finally {
        await store.close();
      }
    });
    expect(["store_unavailable", "state_lost"]).toContain(code);
  });

  test("with a record that is no JSON answers state_lost for that record alone", async () => {
    await openedOnce();
    const { default: Database } = await import("libsql");
    const database = new Database(path);
    database.exec("INSERT INTO records VALUES ('broken', '{\"half', NULL)");
    database.close();

    const store = sqliteStore({ path });
    expect(await codeOf(() => store.update("broken", () => ({ next: "overwritten", result: 1 })))).toBe("state_lost");
    expect(await codeOf(() => store.entries("broken")[Symbol.asyncIterator]().next())).toBe("state_lost");
    expect(await read(store)).toBe("written");
    await store.close();
  });
});

describe("State that disappears is an error and no fresh start", () => {
  test("when the file is gone at the next start, and no new one is put in its place", async () => {
    await openedOnce();
    removeDatabase();
    expect(await codeOf(() => sqliteStore({ path }))).toBe("state_lost");
    expect(await codeOf(() => sqliteStore({ path }))).toBe("state_lost");
    expect(readdirSync(folder)).toEqual([".generation-state.sqlite"]);
  });

  test("when another state file stands in its place at the next start", async () => {
    await openedOnce();
    const other = join(folder, "other.sqlite");
    const store = sqliteStore({ path: other });
    await write(store);
    await store.close();
    removeDatabase();
    copyFileSync(other, path);
    expect(await codeOf(() => sqliteStore({ path }))).toBe("state_lost");
  });

  test("when an empty file stands in its place at the next start", async () => {
    await openedOnce();
    removeDatabase();
    writeFileSync(path, "");
    expect(await codeOf(() => sqliteStore({ path }))).toBe("state_lost");
  });

  test("when the file is removed while the store is open", async () => {
    const store = sqliteStore({ path });
    await write(store);
    removeDatabase();
    expect(await codeOf(() => write(store))).toBe("state_lost");
    expect(await codeOf(() => read(store))).toBe("state_lost");
    expect(await codeOf(() => store.entries("")[Symbol.asyncIterator]().next())).toBe("state_lost");
    await store.close();
  });

  test("when the file is replaced while the store is open", async () => {
    const store = sqliteStore({ path });
    await write(store);
    renameSync(path, `${path}.old`);
    writeFileSync(path, "");
    expect(await codeOf(() => write(store))).toBe("state_lost");
    await store.close();
  });

  test("and it goes on when the file is brought back", async () => {
    await openedOnce();
    const saved = join(root, `saved-${count}`);
    copyFileSync(path, saved);
    removeDatabase();
    expect(await codeOf(() => sqliteStore({ path }))).toBe("state_lost");
    copyFileSync(saved, path);
    const store = sqliteStore({ path });
    expect(await read(store)).toBe("written");
    await store.close();
  });

  test("until the operator deletes the marker too: then it starts afresh", async () => {
    await openedOnce();
    removeDatabase();
    rmSync(join(folder, ".generation-state.sqlite"));
    const store = sqliteStore({ path });
    expect(await read(store)).toBeUndefined();
    await store.close();
  });
});

describe("A state file that another connection keeps locked", () => {
  const lock = async () => {
    const { default: Database } = await import("libsql");
    const database = new Database(path);
    database.exec("BEGIN IMMEDIATE");
    return database;
  };

  test("makes updates wait without blocking the process, and they go on when it is free", async () => {
    const store = sqliteStore({ path });
    const database = await lock();
    const update = write(store);
    // The event loop turns while the update waits; were it blocked, the lock could never be released here.
    await new Promise((resolve) => setImmediate(resolve));
    database.exec("COMMIT");
    database.close();
    await update;
    expect(await read(store)).toBe("written");
    await store.close();
  });

  test("ends in store_unavailable when it stays locked for longer than the busy timeout", async () => {
    const store = sqliteStore({ path, busyTimeoutMs: 20 });
    const database = await lock();
    expect(await codeOf(() => write(store))).toBe("store_unavailable");
    database.exec("COMMIT");
    database.close();
    expect(await codeOf(() => write(store))).toBeUndefined();
    await store.close();
  });
});
