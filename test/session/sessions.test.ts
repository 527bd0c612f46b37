import { readdir } from "node:fs/promises";
import { basename, dirname } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isGuardError } from "tg-guarded";
import { faultOfName } from "../../src/session/session-name.js";
import { placeOf } from "../../src/session/session-place.js";
import { newKey, plant, refusal, sessionDesk, stringOf, textOf } from "./session-desk.js";

describe("sessions of a data folder", () => {
  it("are written, listed, chosen, renamed and removed by name", async () => {
    await using desk = await sessionDesk();
    const sessions = desk.sessions();
    expect(await sessions.list()).toEqual([]);
    await sessions.write("work", { ...newKey(), account: { id: 7, username: "ada" } });
    await sessions.write("home", newKey(4));
    expect(await sessions.list()).toEqual([
      expect.objectContaining({ name: "home", dcId: 4, form: "plain", owners: [] }),
      expect.objectContaining({ name: "work", dcId: 2, account: { id: 7, username: "ada" } }),
    ]);
    await sessions.use("work");
    expect(sessions.current).toBe("work");
    await sessions.rename("work", "office");
    expect(sessions.current).toBe("office");
    expect(await refusal(() => sessions.info("work"))).toBe("session_invalid: missing");
    expect(await refusal(() => sessions.rename("office", "home"))).toBe("file_exists");
    await sessions.remove("office");
    expect(sessions.current).toBeUndefined();
    expect((await sessions.list()).map(({ name }) => name)).toEqual(["home"]);
    expect((await readdir(desk.folder)).sort()).toEqual(["home.lock", "home.session"]);
  });

  it("are never written over unless that is said", async () => {
    await using desk = await sessionDesk();
    const sessions = desk.sessions();
    const [one, other] = [newKey(), newKey()];
    await sessions.write("work", one);
    expect(await refusal(() => sessions.write("work", other))).toBe("file_exists");
    await sessions.write("work", other, { replace: true });
    expect(await textOf(desk.fileOf("work"))).toContain(Buffer.from(other.key.expose().authKey).toString("base64url"));
  });

  it("that cannot be used are listed with the reason", async () => {
    await using desk = await sessionDesk();
    await plant(desk, "broken", '{"v":1,"kind":"tg-guarded session"}\n');
    await plant(desk, "garbage", "garbage");
    await plant(desk, "later", '{"v":2,"kind":"tg-guarded session"}\n');
    const reasons = (await desk.sessions().list()).map(({ name, problem }) => [name, problem?.reason]);
    expect(reasons).toEqual([
      ["broken", "damaged"],
      ["garbage", "damaged"],
      ["later", "newer"],
    ]);
  });

  it.each([
    ["../evil", "separator"],
    ["..", "folder"],
    ["a/b", "separator"],
    ["a\\b", "separator"],
    ["a\0b", "control"],
    ["", "empty"],
    [".hidden", "begins with a dot"],
    ["-rf", "option"],
    ["work.", "ends with a dot"],
    ["work.session", "left out"],
    ["con", "Windows"],
    ["LPT1.old", "Windows"],
    ["wоrk", "look like others"],
    ["work․session", "look like others"],
    ["a b", "other characters"],
    ["a:b", "other characters"],
    ["x".repeat(65), "longer"],
  ])("cannot be called %j", async (name, why) => {
    await using desk = await sessionDesk();
    const thrown = await desk
      .sessions()
      .write(name, newKey())
      .catch((error: unknown) => error);
    expect(isGuardError(thrown, "session_invalid") && thrown.details.reason).toBe("name");
    expect(String(thrown)).toContain(why);
    expect(await readdir(desk.dataDir).catch(() => [])).toEqual([]);
  });

  it("lie in their folder, whatever they are called", () => {
    const names = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.stringMatching(/^[\w.\\/ -]{1,12}$/));
    fc.assert(
      fc.property(names, (name) => {
        if (faultOfName(name) !== undefined) return;
        const path = placeOf(name, "/data/sessions").path;
        expect([dirname(path), basename(path)]).toEqual(["/data/sessions", `${name}.session`]);
        expect(name).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/);
      }),
      { numRuns: 1000 },
    );
  });

  it("do not repeat a session string that stands where a name belongs", async () => {
    await using desk = await sessionDesk();
    const string = stringOf(newKey());
    const thrown = await desk
      .sessions()
      .info(string)
      .catch((error: unknown) => error);
    expect(String(thrown)).toContain("longer");
    expect(String(thrown)).not.toContain(string.slice(20, 40));
  });
});

describe("strings of sessions", () => {
  it.each(["gramjs", "telethon"] as const)("go to %s and back", async (format) => {
    await using desk = await sessionDesk();
    const sessions = desk.sessions();
    const key = newKey();
    await sessions.import("one", { string: stringOf(key, format) });
    const exported = await sessions.export("one", { confirm: true, format });
    expect(String(exported)).toBe("[redacted]");
    await sessions.import("two", { string: exported });
    expect(await sessions.same(desk.fileOf("one"), desk.fileOf("two"))).toBe(true);
    await sessions.write("three", newKey());
    expect(await sessions.same(desk.fileOf("one"), desk.fileOf("three"))).toBe(false);
  });

  it("are given out on explicit demand alone", async () => {
    await using desk = await sessionDesk();
    const sessions = desk.sessions();
    await sessions.write("work", newKey());
    expect(await refusal(() => sessions.export("work", { confirm: false }))).toBe("input_invalid");
  });

  it("that are not whole are refused", async () => {
    await using desk = await sessionDesk();
    const string = stringOf(newKey());
    for (const broken of [
      string.slice(1),
      string.slice(0, -8),
      `${string}AAAA`,
      `${string.slice(0, 60)}!${string.slice(61)}`,
      "1",
      "",
    ]) {
      expect(await refusal(() => desk.sessions().import("x", { string: broken }))).toBe("session_invalid: damaged");
    }
  });
});
