import { chmod, chown, link, mkdir, readdir, rename, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { GuardedClient, isGuardError, memoryStore } from "tg-guarded";
import { grantArguments, othersAllowed, parseWhoami } from "../../src/session/windows-acl.js";
import { smallDisk, smallDiskMissing } from "../support/small-disk.js";
import { tempFolder } from "../support/temp-folder.js";
import { newKey, plant, refusal, sessionDesk, stringOf, textOf } from "./session-desk.js";
import { openSessions } from "tg-guarded";

const NOBODY = 65_534;
const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
describe("session files", () => {
  it.each([0o000, 0o777])("are their owner's alone under the umask %o", async (umask) => {
    await using desk = await sessionDesk();
    const usual = process.umask(umask);
    try {
      await desk.sessions().write("work", newKey());
      await desk.sessions().use("work");
    } finally {
      process.umask(usual);
    }
    expect(await modeOf(desk.folder)).toBe(0o700);
    for (const file of ["work.session", "work.lock", "../default-session"]) {
      expect([file, await modeOf(join(desk.folder, file))]).toEqual([file, 0o600]);
    }
  });

  it("are mended when others could read them, which is said", async () => {
    await using desk = await sessionDesk();
    await desk.sessions().write("work", newKey());
    await chmod(desk.fileOf("work"), 0o644);
    await chmod(desk.folder, 0o755);
    const { notices, problem } = await desk.sessions().info("work");
    expect(problem).toBeUndefined();
    expect(notices).toEqual([expect.stringContaining("sessions folder"), expect.stringContaining("Others could read")]);
    expect([await modeOf(desk.folder), await modeOf(desk.fileOf("work"))]).toEqual([0o700, 0o600]);
    expect((await desk.sessions().info("work")).notices).toEqual([]);
  });

  it("are mended without a word where nobody else could look in", async () => {
    await using desk = await sessionDesk();
    await desk.sessions().write("work", newKey());
    await chmod(desk.folder, 0o500);
    expect((await desk.sessions().info("work")).notices).toEqual([]);
    expect(await modeOf(desk.folder)).toBe(0o700);
  });

  it("are not read whole where they are too large, and nothing is left where none can be written", async () => {
    await using desk = await sessionDesk();
    await plant(desk, "large", `${stringOf(newKey())}${"\n".repeat(65_536)}`);
    expect(await refusal(() => desk.sessions().use("large"))).toBe("session_invalid: damaged");
    await mkdir(desk.fileOf("folder"));
    expect(await refusal(() => desk.sessions().write("folder", newKey(), { replace: true }))).toBe("file_error");
    expect((await readdir(desk.folder)).filter((name) => name.endsWith(".draft"))).toEqual([]);
  });

  it("are refused as links, as hard links, as anything but files, and in folders that are links", async () => {
    await using desk = await sessionDesk();
    const sessions = desk.sessions();
    const elsewhere = await plant(desk, "real", stringOf(newKey()));
    await symlink(elsewhere, desk.fileOf("linked"));
    expect(await refusal(() => sessions.use("linked"))).toBe("session_invalid: insecure");
    await link(elsewhere, desk.fileOf("twin"));
    expect(await refusal(() => sessions.use("real"))).toBe("session_invalid: insecure");
    await mkdir(desk.fileOf("folder"));
    expect(await refusal(() => sessions.use("folder"))).toBe("session_invalid: insecure");
    const moved = join(desk.dataDir, "moved");
    await rename(desk.folder, moved);
    await symlink(moved, desk.folder);
    expect(await refusal(() => sessions.use("real"))).toBe("session_invalid: insecure");
    expect(await refusal(() => sessions.write("new", newKey()))).toBe("session_invalid: insecure");
    expect(await readdir(moved)).not.toContain("new.session");
  });

  it.runIf(process.getuid?.() === 0)("of another user are refused, with what to do", async () => {
    await using desk = await sessionDesk();
    await desk.sessions().write("work", newKey());
    await chown(desk.fileOf("work"), 12_345, 12_345);
    const thrown = await desk
      .sessions()
      .use("work")
      .catch((error: unknown) => error);
    expect(isGuardError(thrown, "session_invalid") && [thrown.details.reason, thrown.message, thrown.nextStep]).toEqual(
      [
        "insecure",
        expect.stringContaining("belongs to the user 12345, and this program runs as root"),
        expect.stringContaining("Run this as the user 12345"),
      ],
    );
    const byPath = desk.dataDir;
    await writeFile(join(byPath, "loose.session"), stringOf(newKey()), { mode: 0o600 });
    await chown(byPath, 12_345, 12_345);
    const loose = { path: join(byPath, "loose.session") };
    expect(await refusal(() => desk.sessions().export(loose, { confirm: true }))).toBe("session_invalid: insecure");
    await chown(desk.folder, 12_345, 12_345);
    expect(await refusal(() => desk.sessions().write("new", newKey()))).toBe("session_invalid: insecure");
  });

  it.runIf(process.getuid?.() === 0)("that cannot be reached are told as such, to be imported as well", async () => {
    await using folder = await tempFolder();
    await chmod(folder.path, 0o755);
    const locked = folder.file("locked");
    await mkdir(join(locked, "sessions"), { recursive: true });
    const closed = folder.file("closed.session");
    await writeFile(closed, "a session", { mode: 0o600 });
    await chmod(locked, 0o700);
    const dataDir = folder.file("data");
    await mkdir(dataDir);
    await chown(dataDir, NOBODY, NOBODY);
    const unreadable = { code: "session_invalid", details: { reason: "unreadable" } };
    const inside = join(locked, "sessions", "work.session");
    process.seteuid?.(NOBODY);
    try {
      for (const path of [inside, closed]) {
        await expect(openSessions({ dataDir }).import("mine", { path })).rejects.toMatchObject(unreadable);
      }
      expect((await openSessions({ dataDir: locked }).info("work")).problem).toMatchObject(unreadable.details);
      const options = { apiId: 1, apiHash: "hash", store: memoryStore(), dataDir };
      await expect(GuardedClient.open({ ...options, session: { path: inside } })).rejects.toMatchObject(unreadable);
    } finally {
      process.seteuid?.(0);
    }
  });

  it("by path are refused in folders that others may write into, which are left as they are", async () => {
    await using folder = await tempFolder();
    const path = folder.file("work.session");
    await writeFile(path, stringOf(newKey()), { mode: 0o600 });
    await chmod(folder.path, 0o777);
    const sessions = openSessions({ dataDir: folder.path, sessions: { encryption: "none" } });
    const thrown = await sessions.export({ path }, { confirm: true }).catch((error: unknown) => error);
    expect(isGuardError(thrown, "session_invalid") && thrown.nextStep).toContain(`chmod go-w '${folder.path}'`);
    expect(await modeOf(folder.path)).toBe(0o777);
  });

  it("leave nothing of writers that were killed, and nothing of those that live", async () => {
    await using desk = await sessionDesk();
    await desk.sessions().write("work", newKey());
    const draft = (begin: string) => join(desk.folder, `.work.session.${begin.padEnd(16, "0")}.draft`);
    for (const begin of ["a", "b"]) await writeFile(draft(begin), "half", { mode: 0o600 });
    const old = Date.now() / 1000 - 3600;
    await utimes(draft("a"), old, old);
    await desk.sessions().encrypt("work", { encryption: "passphrase", passphrase: "open sesame" });
    expect((await readdir(desk.folder)).filter((name) => name.endsWith(".draft"))).toEqual([
      `.work.session.${"b".padEnd(16, "0")}.draft`,
    ]);
    await desk.sessions().remove("work");
    expect(await readdir(desk.folder)).toEqual([]);
  });

  it.runIf(smallDiskMissing === undefined)("survive a full disk", async () => {
    await using disk = await smallDisk();
    const sessions = openSessions({ dataDir: disk.path, sessions: { encryption: "none" } });
    await sessions.write("work", newKey());
    const path = join(disk.path, "sessions", "work.session");
    const before = await textOf(path);
    disk.fill();
    expect(await refusal(() => sessions.write("work", newKey(), { replace: true }))).toBe("file_error");
    expect(await textOf(path)).toBe(before);
    disk.free();
    await sessions.write("work", newKey(), { replace: true });
    expect(await textOf(path)).not.toBe(before);
    expect((await readdir(join(disk.path, "sessions"))).sort()).toEqual(["work.lock", "work.session"]);
  });
});

describe("access lists of Windows", () => {
  const me = "S-1-5-21-1-2-3-1001";

  it("leave a file to one user", () => {
    expect(grantArguments("C:\\x", me, false)).toEqual(["C:\\x", "/inheritance:r", "/grant:r", `*${me}:F`]);
    expect(grantArguments("C:\\x", me, true)).toContain(`*${me}:(OI)(CI)F`);
    expect(parseWhoami(`"host\\ada","${me}"\r\n`)).toBe(me);
    expect(parseWhoami("nobody")).toBeUndefined();
  });

  it("tell who else is let in", () => {
    expect(othersAllowed(`work.session\r\nD:PAI(A;;FA;;;${me})(A;;FA;;;SY)(A;;FA;;;BA)\r\n`, me)).toEqual([]);
    expect(othersAllowed(`work.session\r\nD:AI(A;;FA;;;${me})(A;ID;0x1200a9;;;BU)(A;;FR;;;WD)\r\n`, me)).toEqual([
      "BU",
      "WD",
    ]);
    expect(othersAllowed(`work.session\r\nD:(D;;FA;;;WD)(A;;FA;;;${me})\r\n`, me)).toEqual([]);
    expect(othersAllowed("what?", me)).toBeUndefined();
  });
});
