import { spawn } from "node:child_process";
import { once } from "node:events";
import { chown, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { GuardedClient, isGuardError, openSessions, type LockMode, type StateStore } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { takeLock } from "../../src/files/os-lock.js";
import { startWorker } from "../support/worker-process.js";
import { raceForSession, WORKER } from "./lock-race.js";
import { newKey, refusal, sessionDesk, type SessionDesk } from "./session-desk.js";

async function opened(desk: SessionDesk, sandbox: Sandbox, lock: LockMode): Promise<GuardedClient> {
  const options = { ...sandbox.clientOptions(), dataDir: desk.dataDir, session: "work" };
  return GuardedClient.open({ ...options, sessions: { lock, encryption: "none", plane: "read" } });
}

describe("the lock of a session", () => {
  it("is shared by many, or had by one alone", async () => {
    await using sandbox = await startSandbox();
    await using desk = await sessionDesk();
    await desk.sessions().import("work", sandbox.clientOptions().session);
    const [one, two] = [await opened(desk, sandbox, "shared"), await opened(desk, sandbox, "shared")];
    expect(await refusal(() => opened(desk, sandbox, "exclusive"))).toBe("session_locked");
    const { key } = newKey();
    const changes = [
      () => desk.sessions().remove("work"),
      () => desk.sessions().rename("work", "other"),
      () => desk.sessions().decrypt("work"),
      () => desk.sessions().write("work", { key }, { replace: true }),
      () => desk.sessions().assertWritable("work", { replace: true }),
    ];
    expect(await Promise.all(changes.map(refusal))).toEqual(changes.map(() => "session_locked"));
    await (await opened(desk, sandbox, "off")).close();
    await one.close();
    await two.close();
    const alone = await opened(desk, sandbox, "exclusive");
    expect(await refusal(() => opened(desk, sandbox, "shared"))).toBe("session_locked");
    await alone.close();
    await (await opened(desk, sandbox, "shared")).close();
    expect((await readdir(desk.folder)).sort()).toEqual(["work.lock", "work.session"]);
  });

  it("names its owner, lets the event loop go on, and ends with a killed process", async () => {
    await using sandbox = await startSandbox();
    await using desk = await sessionDesk();
    await desk.sessions().import("work", sandbox.clientOptions().session);
    const options = { ...sandbox.clientOptions(), dataDir: desk.dataDir, session: "work" };
    const worker = startWorker(WORKER, [JSON.stringify({ options, rounds: 1, mode: "exclusive", hold: true })]);
    for await (const line of worker.lines) if (line === "holding") break;
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 10);
    const thrown = await opened(desk, sandbox, "shared").catch((error: unknown) => error);
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(20);
    if (!isGuardError(thrown, "session_locked")) throw thrown;
    const [owner] = thrown.details.owners;
    expect(owner).toMatchObject({ host: hostname(), program: "session-worker.mjs" });
    expect(thrown.message).toContain(`session-worker.mjs (process ${owner?.pid} on ${hostname()}, since 2`);
    expect((await desk.sessions().info("work")).owners).toEqual([owner]);
    worker.kill();
    await worker.ended;
    await (await opened(desk, sandbox, "exclusive")).close();
    expect((await desk.sessions().info("work")).owners).toEqual([]);
    expect((await readdir(desk.folder)).filter((name) => name.endsWith(".owner"))).toEqual([]);
  });

  it("believes no note of a process that is not the one that wrote it", async () => {
    await using desk = await sessionDesk();
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    await using sandbox = await startSandbox();
    await desk.sessions().import("work", sandbox.clientOptions().session);
    const note = { host: hostname(), program: "x", since: new Date().toISOString() };
    const notes = [{ ...note, pid: child.pid }, { ...note, pid: process.pid, began: "1" }, { pid: "none" }];
    for (const [index, each] of notes.entries()) {
      await writeFile(join(desk.folder, `work.lock.${index}-0123456789ab.owner`), JSON.stringify(each));
    }
    expect((await desk.sessions().info("work")).owners).toEqual([]);
  });

  it("is refused where something else stands in its place", async () => {
    await using desk = await sessionDesk();
    await using sandbox = await startSandbox();
    await desk.sessions().import("work", sandbox.clientOptions().session);
    const lock = join(desk.folder, "work.lock");
    await writeFile(lock, "mine");
    expect(await refusal(() => opened(desk, sandbox, "shared"))).toBe("session_invalid: insecure");
    await rm(lock);
    await writeFile(join(desk.folder, "elsewhere"), "");
    await symlink(join(desk.folder, "elsewhere"), lock);
    expect(await refusal(() => opened(desk, sandbox, "shared"))).toBe("session_invalid: insecure");
    await rm(lock);
    if (process.getuid?.() !== 0) return;
    await writeFile(lock, "");
    await chown(lock, 12_345, 12_345);
    expect(await refusal(() => opened(desk, sandbox, "shared"))).toBe("session_invalid: insecure");
  });

  it("keeps two writers of one file apart: a client that binds it, and one who adopts it", async () => {
    await using desk = await sessionDesk();
    await using sandbox = await startSandbox();
    await desk.sessions().import("work", sandbox.clientOptions().session);
    const writer = await takeLock(join(desk.folder, "work.lock"), "write", 0);
    const openStore = (): Promise<StateStore> => Promise.resolve(sqliteStore({ path: join(desk.dataDir, "a.sqlite") }));
    const sessions = openSessions({ dataDir: desk.dataDir, sessions: { encryption: "none" }, openStore });
    const [adopted, client] = await Promise.all([
      refusal(() => sessions.adopt("work")),
      opened(desk, sandbox, "shared"),
    ]);
    expect(adopted).toBe("session_locked");
    expect((await sessions.info("work")).store).toBeUndefined();
    await client.close();
    writer?.release();
    await sessions.adopt("work");
    expect((await sessions.info("work")).store).toBeDefined();
  });

  it("survives processes that are killed: no file is damaged, nothing stays locked", async () => {
    const { kills, told, complaints, outcome, problem } = await raceForSession({ processes: 8, rounds: 6, seed: 1 });
    expect(complaints).toEqual([]);
    expect(problem).toBeUndefined();
    expect(outcome).toBe("removed");
    expect(kills).toBeGreaterThan(0);
    expect(told.get("not alone")).toBeUndefined();
    for (const mode of ["shared", "exclusive", "off", "rewritten"])
      expect([mode, told.get(mode) ?? 0]).not.toEqual([mode, 0]);
  });
});
