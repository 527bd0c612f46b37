import { chmod, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  approvers,
  GuardedClient,
  isGuardError,
  logIn,
  memoryStore,
  openSessions,
  type SessionOptions,
  type StateStore,
} from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { FAR_FROM_MIDNIGHT } from "../support/quota-day.js";
import { memoryKeyRing, plant, refusal, sessionDesk, textOf, type SessionDesk } from "./session-desk.js";

const CHAT = "@tidewater_lab";

interface Opening extends SessionOptions {
  readonly store?: StateStore;
  readonly name?: string;
}

function open(
  desk: SessionDesk,
  sandbox: Sandbox,
  { store, name = "work", ...sessions }: Opening = {},
): Promise<GuardedClient> {
  return GuardedClient.open({
    ...sandbox.clientOptions(),
    dataDir: desk.dataDir,
    session: name,
    limits: { timeZone: FAR_FROM_MIDNIGHT },
    actions: { allow: [CHAT], approver: approvers.callback(() => true) },
    sessions: { encryption: "none", ...sessions },
    ...(store === undefined ? {} : { store }),
  });
}

/** Opens, does something, closes. */
async function used(
  desk: SessionDesk,
  sandbox: Sandbox,
  opening: Opening,
  work: (client: GuardedClient) => unknown,
): Promise<void> {
  await using client = await open(desk, sandbox, opening);
  await work(client);
}

const nothing = (): void => undefined;
/** What is open to one who may write. */
const writes = (client: GuardedClient) => client.actions.policy();

async function sendNow(client: GuardedClient): Promise<void> {
  await client.actions.sendMessage({ chat: CHAT, text: "Hello" }, { confirm: true, confirmationText: "I confirm" });
}

/** Another session of the first account. */
async function secondLogin(sandbox: Sandbox): Promise<string> {
  const { apiId, apiHash, server } = sandbox.clientOptions();
  const { phone = "", code = "" } = sandbox.info.accounts[0] ?? {};
  const prompts = { phone: () => Promise.resolve(phone), code: () => Promise.resolve(code) };
  return (await logIn({ apiId, apiHash, server, prompts })).session.expose();
}

async function deskWith(sandbox: Sandbox): Promise<SessionDesk> {
  const desk = await sessionDesk();
  await desk.sessions().import("work", sandbox.clientOptions().session);
  return desk;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a client with a session file", () => {
  it("binds it to its store, and does not write with another until that one is adopted", async () => {
    await using sandbox = await startSandbox();
    await using desk = await deskWith(sandbox);
    await used(desk, sandbox, {}, writes);
    const { store: mine } = await desk.sessions().info("work");
    expect(mine).toMatch(/^[\w-]{36}$/);
    const other = () => sqliteStore({ path: join(desk.dataDir, "other.sqlite") });
    const store = other();
    await used(desk, sandbox, { store }, async (client) => {
      expect(await refusal(() => writes(client))).toBe("store_changed");
      expect((await client.read.me()).id).toBe(sandbox.info.accounts[0]?.id);
    });
    await store.close();
    expect((await desk.sessions().info("work")).store).toBe(mine);
    await openSessions({ dataDir: desk.dataDir, openStore: () => Promise.resolve(other()) }).adopt("work");
    expect((await desk.sessions().info("work")).store).not.toBe(mine);
    const adopted = other();
    await used(desk, sandbox, { store: adopted }, writes);
    await adopted.close();
    await used(desk, sandbox, {}, async (client) => {
      expect(await refusal(() => writes(client))).toBe("store_changed");
    });
  });

  it("binds it to no store that ends with the process, and writes with such a one only when told", async () => {
    await using sandbox = await startSandbox();
    await using desk = await deskWith(sandbox);
    await used(desk, sandbox, { store: memoryStore() }, writes);
    expect((await desk.sessions().info("work")).store).toBeUndefined();
    const passing = openSessions({ dataDir: desk.dataDir, openStore: () => Promise.resolve(memoryStore()) });
    expect(await refusal(() => passing.adopt("work"))).toBe("input_invalid");
    await used(desk, sandbox, {}, nothing);
    await used(desk, sandbox, { store: memoryStore() }, async (client) => {
      expect(await refusal(() => writes(client))).toBe("store_changed");
    });
    await used(desk, sandbox, { store: memoryStore(), acceptVolatileStore: true }, writes);
  });

  it("leaves a file with a string as it is, and binds it to nothing", async () => {
    await using sandbox = await startSandbox();
    await using desk = await sessionDesk();
    const { string } = sandbox.clientOptions().session;
    await plant(desk, "work", `${string}\n`);
    await used(desk, sandbox, { runtime: "direct" }, writes);
    expect(await textOf(desk.fileOf("work"))).toBe(`${string}\n`);
    await used(desk, sandbox, { store: memoryStore() }, writes);
  });

  it("keeps what it learns to itself, or writes it back", async () => {
    await using sandbox = await startSandbox();
    await using desk = await deskWith(sandbox);
    await used(desk, sandbox, {}, nothing);
    expect((await desk.sessions().info("work")).account).toBeUndefined();
    const { id = 0, username = "" } = sandbox.info.accounts[0] ?? {};
    await used(desk, sandbox, { runtime: "direct" }, nothing);
    expect((await desk.sessions().info("work")).account).toEqual({ id });
    await used(desk, sandbox, { runtime: "direct", expect: { username } }, nothing);
    expect((await desk.sessions().info("work")).account).toEqual({ id, username });
  });

  it("opens one that is sealed, and seals what it writes back", async () => {
    await using sandbox = await startSandbox();
    await using desk = await deskWith(sandbox);
    const keyRing = memoryKeyRing();
    await desk.sessions({ encryption: "keyring", keyRing }).encrypt("work");
    await used(desk, sandbox, { runtime: "direct", keyRing }, writes);
    const { form, account, store } = await desk.sessions().info("work");
    expect([form, account?.id, typeof store]).toEqual(["keyring", sandbox.info.accounts[0]?.id, "string"]);
    await used(desk, sandbox, { keyRing }, nothing);
    expect(await refusal(() => open(desk, sandbox, { keyRing: memoryKeyRing() }))).toBe("session_invalid: sealed");
  });

  it("does not open with another account's session", async () => {
    await using sandbox = await startSandbox();
    await using desk = await deskWith(sandbox);
    const { id = 0, username = "" } = sandbox.info.accounts[0] ?? {};
    await used(desk, sandbox, { expect: { id, username: `@${username.toUpperCase()}` } }, nothing);
    const connections = sandbox.connections;
    expect(await refusal(() => open(desk, sandbox, { expect: { id: id + 1 } }))).toBe("account_mismatch");
    const thrown = await open(desk, sandbox, { expect: { username: "nobody" } }).catch((error: unknown) => error);
    expect(isGuardError(thrown, "account_mismatch") && thrown.details).toEqual({
      expected: "@nobody",
      found: `@${username}, ${id}`,
    });
    const [, nameless] = sandbox.info.accounts;
    await desk.sessions().import("nameless", { string: nameless?.session ?? "" });
    expect(nameless?.username).toBeUndefined();
    const other = await open(desk, sandbox, { name: "nameless", expect: { username: "nobody" } }).catch(
      (error: unknown) => error,
    );
    expect(isGuardError(other, "account_mismatch") && other.details.found).toBe(String(nameless?.id));
    await expect.poll(() => sandbox.connections).toBeLessThanOrEqual(connections);
    await used(desk, sandbox, { lock: "exclusive" }, nothing);
  });

  it("says what it mended when it opens", async () => {
    await using sandbox = await startSandbox();
    await using desk = await deskWith(sandbox);
    const warnings = vi.spyOn(process, "emitWarning").mockReturnValue();
    await chmod(desk.fileOf("work"), 0o644);
    await used(desk, sandbox, {}, nothing);
    expect(warnings.mock.calls.map(String)).toEqual([expect.stringContaining("Others could read the session file")]);
  });

  it("mends the file when it closes", async () => {
    await using sandbox = await startSandbox();
    await using desk = await deskWith(sandbox);
    await used(desk, sandbox, {}, () => chmod(desk.fileOf("work"), 0o666));
    expect((await stat(desk.fileOf("work"))).mode & 0o777).toBe(0o600);
  });
});

describe("one session for reading and for actions", () => {
  it("is told by the registry while both programs live", async () => {
    await using sandbox = await startSandbox();
    await using desk = await deskWith(sandbox);
    const warnings = vi.spyOn(process, "emitWarning").mockReturnValue();
    await desk.sessions().import("copy", sandbox.clientOptions().session);
    await using reader = await open(desk, sandbox, { plane: "read" });
    await used(desk, sandbox, { plane: "read" }, nothing);
    expect(warnings).not.toHaveBeenCalled();
    const fail = { plane: "actions", conflict: { mode: "fail" } } as const;
    for (const name of ["work", "copy"])
      expect(await refusal(() => open(desk, sandbox, { name, ...fail }))).toBe("session_conflict");
    await used(desk, sandbox, { plane: "actions" }, nothing);
    expect(warnings.mock.calls.map(String)).toEqual([
      expect.stringMatching(/one session, work: it is in use by .*for read/),
    ]);
    await reader.close();
    await used(desk, sandbox, fail, nothing);
    // Who was refused holds nothing.
    await used(desk, sandbox, { ...fail, plane: "read" }, nothing);
  });

  it("is told by the variables, wherever the paths lead", async () => {
    await using sandbox = await startSandbox();
    await using desk = await deskWith(sandbox);
    await desk.sessions().import("copy", sandbox.clientOptions().session);
    await desk.sessions().import("other", sandbox.clientOptions(sandbox.info.accounts[1]?.id ?? 0).session);
    const opening = (readPath: string) => ({ plane: "actions", conflict: { mode: "fail", readPath } }) as const;
    for (const same of [
      desk.fileOf("work"),
      join(desk.folder, "..", "sessions", "work.session"),
      desk.fileOf("copy"),
    ]) {
      expect(await refusal(() => open(desk, sandbox, opening(same)))).toBe("session_conflict");
    }
    for (const other of [desk.fileOf("other"), desk.fileOf("none")]) await used(desk, sandbox, opening(other), nothing);
  });

  it("takes a note for none that cannot be read, and leaves what else lies there", async () => {
    await using sandbox = await startSandbox();
    await using desk = await deskWith(sandbox);
    const registry = join(desk.dataDir, "registry.json");
    const broken = `${registry}.${process.pid}-0123456789ab.holder`;
    for (const path of [registry, broken]) await writeFile(path, '{"sessions": [');
    const notes = async () => (await readdir(desk.dataDir)).filter((name) => name.endsWith(".holder"));
    await used(desk, sandbox, { plane: "read", conflict: { registry } }, async () => {
      expect(await notes()).toHaveLength(2);
    });
    expect(await notes()).toEqual([basename(broken)]);
    expect(await readFile(registry, "utf8")).toBe('{"sessions": [');
  });
});

describe("what is shared", () => {
  it("is shared by two sessions of one account, and by no two accounts", async () => {
    await using sandbox = await startSandbox();
    await using desk = await sessionDesk();
    const [first, second] = sandbox.info.accounts;
    const store = memoryStore();
    await desk.sessions().import("one", { string: first?.session ?? "" });
    await desk.sessions().import("two", { string: await secondLogin(sandbox) });
    await desk.sessions().import("other", { string: second?.session ?? "" });
    const left = async (name: string): Promise<number> => {
      await using client = await open(desk, sandbox, { store, name });
      return (await client.read.stats()).quotas.group_msg.left;
    };
    const full = await left("one");
    await used(desk, sandbox, { store, name: "one" }, sendNow);
    expect([await left("one"), await left("two"), await left("other")]).toEqual([full - 1, full - 1, full]);
  });
});
