import { chmod, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../support/temp-folder.js";
import { newKey, refusal, sessionDesk, stringOf } from "./session-desk.js";
import type Libsql from "libsql";

const Database = createRequire(import.meta.url)("libsql") as typeof Libsql;

/** As telethon/sessions/sqlite.py makes them, version 7. */
const SCHEMA = `
  CREATE TABLE version (version integer primary key);
  CREATE TABLE sessions (dc_id integer primary key, server_address text, port integer, auth_key blob, takeout_id integer);
  CREATE TABLE entities (id integer primary key, hash integer not null, username text, phone integer, name text, date integer);
  CREATE TABLE sent_files (md5_digest blob, file_size integer, type integer, id integer, hash integer, primary key(md5_digest, file_size, type));
  CREATE TABLE update_state (id integer primary key, pts integer, qts integer, date integer, seq integer);
  INSERT INTO version VALUES (7);
  INSERT INTO entities VALUES (777000, 1, 'telegram', NULL, 'Telegram', 0);`;

type Row = readonly [dcId: number, authKey: Uint8Array | null];

/** A file of Telethon; it is open in WAL mode until it is closed. */
function telethonFile(path: string, rows: readonly Row[], mode = "DELETE") {
  const database = new Database(path);
  database.exec(`PRAGMA journal_mode=${mode}`);
  database.exec(SCHEMA);
  for (const [dcId, authKey] of rows) {
    database
      .prepare("INSERT INTO sessions VALUES (?, '149.154.167.51', 443, ?, NULL)")
      .run(dcId, authKey && Buffer.from(authKey));
  }
  return database;
}

describe("a session file of Telethon", () => {
  it.each(["DELETE", "WAL"])("is taken over while Telethon has it open (%s), and not touched", async (mode) => {
    await using desk = await sessionDesk();
    await using folder = await tempFolder();
    const key = newKey(4);
    const path = folder.file("old.session");
    const open = telethonFile(path, [[4, key.key.expose().authKey]], mode);
    await chmod(path, 0o644);
    const before = [
      await readFile(path),
      (await stat(path)).mtimeMs,
      (await stat(path)).mode,
      await readdir(folder.path),
    ];
    await desk.sessions().import("work", { path });
    expect([
      await readFile(path),
      (await stat(path)).mtimeMs,
      (await stat(path)).mode,
      await readdir(folder.path),
    ]).toEqual(before);
    open.close();
    await desk.sessions().import("same", { string: stringOf(key) });
    expect(await desk.sessions().same(desk.fileOf("work"), desk.fileOf("same"))).toBe(true);
    expect(await desk.sessions().info("work")).toMatchObject({ dcId: 4, form: "plain" });
    expect((await readdir(desk.folder)).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("that nobody logged in with, or that is something else, is refused", async () => {
    await using desk = await sessionDesk();
    await using folder = await tempFolder();
    const cases: readonly (readonly [string, readonly Row[]])[] = [
      ["empty", []],
      ["unused", [[2, null]]],
      ["short", [[2, new Uint8Array(255)]]],
      ["dc", [[0, new Uint8Array(256)]]],
      [
        "two",
        [
          [2, new Uint8Array(256)],
          [4, new Uint8Array(256)],
        ],
      ],
    ];
    for (const [name, rows] of cases) {
      telethonFile(folder.file(name), rows).close();
      expect([name, await refusal(() => desk.sessions().import("work", { path: folder.file(name) }))]).toEqual([
        name,
        "session_invalid: damaged",
      ]);
    }
    const other = new Database(folder.file("other"));
    other.exec("CREATE TABLE t (x)");
    other.close();
    await writeFile(folder.file("cut"), (await readFile(folder.file("two"))).subarray(0, 5000));
    await writeFile(folder.file("text"), "no session");
    for (const name of ["other", "cut", "text"]) {
      expect(await refusal(() => desk.sessions().import("work", { path: folder.file(name) }))).toBe(
        "session_invalid: damaged",
      );
    }
    expect(await refusal(() => desk.sessions().import("work", { path: folder.file("none") }))).toBe(
      "session_invalid: missing",
    );
    expect(await readdir(desk.folder)).toEqual([]);
  });
});
