import { execFileSync } from "node:child_process";
import { appendFile, chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { GuardedClient, openOperatorDesk, openSessions } from "tg-guarded";
import { wordAt } from "../../adapters/cli/approvals/decide.js";
import { examineAccess } from "../../src/doctor/access.js";
import { examineDataFolder } from "../../src/doctor/data-folder.js";
import { storeIdOf } from "../../src/stores/store-id.js";
import { sqliteStore } from "tg-guarded/sqlite";
import { newKey, stringOf } from "../session/session-desk.js";
import { tempFolder } from "../support/temp-folder.js";
import { faults, loggedIn, newPatient, told, useEnv } from "./examined.js";

describe("doctor(), where all is well", () => {
  it("tells an account without a username by its id", async () => {
    await using patient = await loggedIn();
    const [, nameless] = patient.sandbox.info.accounts;
    const findings = await patient.examine({ SESSION_NAME: String(nameless?.id) });
    expect(told(findings, "telegram", "ok")).toContain(`Telegram takes the session; it is ${nameless?.id}.`);
  });

  it("finds no fault, and tells account, quotas, circuit, reach and clock", async () => {
    await using patient = await loggedIn();
    // The first look has no state yet; a client makes it.
    expect(faults(await patient.examine())).toEqual([]);
    const { apiId, apiHash, server } = patient.sandbox.clientOptions();
    const { dataDir } = patient;
    await using client = await GuardedClient.open({ apiId, apiHash, server, dataDir, session: "work" });
    expect(client.read).toBeDefined();
    const findings = await patient.examine({ TG_EXPECTED_USERNAME: patient.sandbox.info.accounts[0]?.username ?? "" });
    expect(faults(findings)).toEqual([]);
    expect(told(findings, "sessions", "ok")).toEqual([
      expect.stringContaining(`in use by `),
      "In use is work, from SESSION_NAME.",
    ]);
    expect(told(findings, "limits", "ok")).toEqual([
      "20 of 20 direct messages are left today.",
      "30 of 30 messages to groups and channels are left today.",
      "20 of 20 joins, leaves, invitations and removals are left today.",
      "The circuit is closed: requests pass.",
    ]);
    expect(told(findings, "telegram", "ok")).toEqual([
      expect.stringMatching(/^Data centre \d at 127\.0\.0\.1:\d+ takes connections, within \d+ ms\.$/),
      expect.stringContaining(`it is @${patient.sandbox.info.accounts[0]?.username}`),
    ]);
    expect(told(findings, "account", "ok")).toEqual(["It is the account that is expected."]);
    expect(told(findings, "clock", "ok")).toHaveLength(1);
    expect(told(findings, "store", "ok")).toHaveLength(1);
  });

  it("asks for the account and the time, and nothing when offline, and changes neither session nor state", async () => {
    await using patient = await loggedIn();
    await patient.examine({}, { offline: true });
    expect(patient.sandbox.log).toEqual([]);
    await patient.examine();
    expect(patient.sandbox.log.map(({ method }) => method)).toEqual([
      "users.getUsers",
      "users.getUsers",
      "help.getConfig",
    ]);
    const sessions = openSessions({ dataDir: patient.dataDir });
    expect(await sessions.info("work")).not.toHaveProperty("store");
    const findings = await patient.examine({}, { offline: true });
    expect(told(findings, "store", "note")).toEqual([expect.stringContaining("There is no state yet")]);
  });

  it("leaves no connection behind", async () => {
    await using patient = await loggedIn();
    await patient.examine();
    await expect.poll(() => patient.sandbox.connections).toBe(0);
  });
});

describe("doctor(), where configuration is missing or wrong", () => {
  it("says what to set where nothing is set", async () => {
    await using patient = await newPatient();
    const findings = await patient.examine();
    expect(faults(findings)).toEqual([
      "configuration: TG_API_ID is not set.",
      "configuration: TG_API_HASH is not set.",
      `sessions: No session is chosen, and there is none in ${join(patient.dataDir, "sessions")}.`,
    ]);
    expect(findings.filter(({ level }) => level === "fault").every(({ mend }) => mend !== undefined)).toBe(true);
  });

  it("tells every variable that is wrong, not the first alone, and those that mean nothing", async () => {
    await using patient = await newPatient();
    const env = { RATE_RPS: "many", TG_ACTIONS_ENABLED: "yes", TG_QUOTA_TIME_ZONE: "Mars/Olympus", TG_NONSENSE: "1" };
    const findings = await patient.examine(env);
    const wrong = told(findings, "configuration", "fault").join("\n");
    for (const name of ["RATE_RPS", "TG_ACTIONS_ENABLED", "TG_QUOTA_TIME_ZONE"]) expect(wrong).toContain(name);
    expect(told(findings, "configuration", "warning")).toEqual([expect.stringContaining("TG_NONSENSE is no variable")]);
  });

  it("tells where each value comes from", async () => {
    await using patient = await newPatient();
    const file = patient.fileOf("config.toml");
    await writeFile(file, 'RATE_RPS = 2\nTG_API_HASH = "0123"\n[accounts.a]\nMAX_DM_PER_DAY = 3\n', { mode: 0o644 });
    const findings = await patient.examine({ TG_CONFIG_FILE: file, TG_ACCOUNT: "a", RETRY_MAX_ATTEMPTS: "1" });
    expect(told(findings, "configuration", "ok")).toEqual(
      expect.arrayContaining([
        `RATE_RPS = 2 (${file})`,
        `MAX_DM_PER_DAY = 3 (${file}, accounts.a)`,
        "RETRY_MAX_ATTEMPTS = 1 (environment)",
        `TG_API_HASH is set (${file})`,
      ]),
    );
    const exposed = `${file} can be read by others and holds TG_API_HASH. → chmod 600 '${file}'`;
    expect(told(findings, "configuration", "warning")).toEqual([exposed]);
  });

  it("goes on where the configuration file is none", async () => {
    await using patient = await loggedIn();
    const file = patient.fileOf("config.toml");
    await writeFile(file, "= what");
    const findings = await patient.examine({ TG_CONFIG_FILE: file });
    expect(told(findings, "configuration", "fault")).toEqual([expect.stringContaining("line 1 is no TOML")]);
    expect(told(findings, "telegram", "ok")).toHaveLength(2);
  });

  it("says so where the sandbox's file is none", async () => {
    await using patient = await newPatient();
    const findings = await patient.examine({ TG_SANDBOX: patient.fileOf("nowhere.json") });
    expect(faults(findings)).toEqual([expect.stringContaining("is not the info file of a sandbox")]);
  });

  it("tells gates that were taken away, and weak ones", async () => {
    await using patient = await loggedIn();
    const on = { TG_ACTIONS_ENABLED: "1", TG_ACTIONS_ALLOWED_GROUPS: "@ours" };
    const off = await patient.examine({ ...on, TG_ACTIONS_IDEMPOTENCY_ENABLED: "0" });
    expect(told(off, "gates", "fault")).toEqual([expect.stringContaining("What was done may be done again at once.")]);
    const unsafe = await patient.examine({
      ...on,
      TG_ACTIONS_IDEMPOTENCY_ENABLED: "0",
      TG_ACTIONS_UNSAFE_OVERRIDE: "1",
    });
    expect(told(unsafe, "gates", "fault")).toEqual([]);
    expect(told(unsafe, "gates", "warning").join()).toContain("UNSAFE");
    const weak = await patient.examine(on);
    expect(told(weak, "gates", "warning")).toEqual([expect.stringContaining("No confirmation phrase is set")]);
    const later = await patient.examine({ TG_ACTIONS_REQUIRE_APPROVAL_CODE: "0" });
    expect(told(later, "gates", "warning")).toEqual([expect.stringContaining("Once actions are on: No approval")]);
  });

  it("tells who approves in the server for actions where nobody is named: whoever its host asks, or the operator", async () => {
    await using patient = await loggedIn();
    const env = { TG_ACTIONS_ENABLED: "1", TG_ACTIONS_ALLOWED_GROUPS: "@ours" };
    const config = patient.fileOf(".mcp.json");
    await writeFile(config, JSON.stringify({ mcpServers: { tg: { command: "tgmcp-actions", env } } }));
    const findings = await patient.examine({}, { config, offline: true });
    expect(told(findings, "gates", "ok")).toEqual([expect.stringContaining("; operator approves;")]);
    expect(told(findings, "gates", "warning")).toEqual([expect.stringContaining("The operator has no secret")]);
  });
});

const NOBODY = 65_534;

/** Root may read everything, so that it is somebody else for a while. */
async function asNobody<T>(work: () => Promise<T>, id = NOBODY): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(id);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

describe.runIf(process.geteuid?.() === 0)("A user whom the system's list does not have", () => {
  const UNLISTED = 1_234_567;

  it("is told by its number", async () => {
    await using folder = await tempFolder();
    await chmod(folder.path, 0o755);
    useEnv({ TG_DATA_DIR: folder.file("data"), XDG_CONFIG_HOME: folder.path });
    await using desk = await openOperatorDesk();
    vi.unstubAllEnvs();
    const terminal = { input: process.stdin, output: process.stdout };
    await asNobody(async () => {
      const data = await examineDataFolder(folder.path);
      expect(data).toContainEqual(
        expect.objectContaining({ text: `${folder.path} belongs to the user 0, not to ${UNLISTED}.` }),
      );
      expect(examineAccess({}, undefined)).toEqual([]);
      expect(examineAccess({}, "plain")[0]?.text).toContain(`runs as ${UNLISTED} can read`);
      expect(await wordAt(terminal, desk)).toEqual({ by: String(UNLISTED) });
    }, UNLISTED);
  });
});

describe("doctor(), where the disk is not as it should be", () => {
  it("tells a data folder that is a file", async () => {
    await using patient = await newPatient();
    await writeFile(patient.dataDir, "");
    expect(told(await patient.examine(), "data", "fault")).toEqual([expect.stringContaining("is no folder")]);
  });

  it.skipIf(process.platform === "win32")("tells a data folder that others may look into", async () => {
    await using patient = await loggedIn();
    await chmod(patient.dataDir, 0o755);
    const [told1] = told(await patient.examine(), "data", "warning");
    expect(told1).toBe(`Others may look into ${patient.dataDir} (mode 0755). → chmod 700 '${patient.dataDir}'`);
  });

  it.skipIf(process.platform === "win32")("tells a data folder that cannot be read", async () => {
    await using patient = await loggedIn();
    await sqliteStore({ path: join(patient.dataDir, "state.sqlite") }).close();
    await chmod(patient.folder, 0o755);
    await chmod(patient.dataDir, 0);
    const findings = await asNobody(() => patient.examine({}, { offline: true }));
    await chmod(patient.dataDir, 0o700);
    expect(told(findings, "data", "fault").length).toBeGreaterThan(0);
    expect(told(findings, "store", "fault")).toEqual([expect.stringContaining("Run this as the user")]);
    expect(told(findings, "sessions", "fault").length).toBeGreaterThan(0);
    expect(JSON.stringify(findings)).not.toContain("Unexpected");
  });

  it.skipIf(process.platform === "win32")("does not wait for pipes that stand where files should", async () => {
    await using patient = await loggedIn();
    const pipe = patient.fileOf("pipe");
    execFileSync("mkfifo", [pipe]);
    for (const name of ["TG_CONFIG_FILE", "TG_SANDBOX"]) {
      expect(faults(await patient.examine({ [name]: pipe }))).toEqual([expect.stringContaining("is a pipe")]);
    }
    const findings = await patient.examine({ TG_STATE_URL: `sqlite:${pipe}` }, { offline: true });
    expect(told(findings, "store", "fault")).toEqual([expect.stringContaining("is no file")]);
  });

  it.skipIf(process.platform === "win32")("tells what was mended of a session's permissions", async () => {
    await using patient = await loggedIn();
    await chmod(join(patient.dataDir, "sessions", "work.session"), 0o644);
    const findings = await patient.examine();
    expect(told(findings, "sessions", "warning")).toEqual([expect.stringContaining("now its owner alone can")]);
    expect(faults(findings)).toEqual([]);
  });

  it("tells state that has vanished, and does not ask Telegram without it", async () => {
    await using patient = await loggedIn();
    await sqliteStore({ path: join(patient.dataDir, "state.sqlite") }).close();
    await rm(join(patient.dataDir, "state.sqlite"));
    const findings = await patient.examine();
    expect(told(findings, "store", "fault")).toEqual([expect.stringContaining("has vanished")]);
    expect(patient.sandbox.log).toEqual([]);
  });

  it("tells an audit trail that nobody knows", async () => {
    await using patient = await loggedIn();
    const store = sqliteStore({ path: join(patient.dataDir, "state.sqlite") });
    const id = await storeIdOf(store);
    await store.close();
    await mkdir(join(patient.dataDir, "audit"));
    for (const of of [id.slice(0, 8), "00000000"]) {
      await writeFile(join(patient.dataDir, "audit", `someone-${of}.jsonl`), "{}\n");
    }
    const findings = await patient.examine();
    expect(told(findings, "audit", "fault")).toEqual([expect.stringContaining("is damaged at line 1")]);
    expect(told(findings, "audit", "note")).toEqual([expect.stringContaining("belongs to another state store")]);
  });

  it("tells a Redis that is not there, in time", async () => {
    await using patient = await loggedIn();
    const findings = await patient.examine({ TG_STATE_URL: "redis://me:s3cret-of-redis@127.0.0.1:1" });
    expect(told(findings, "store", "fault")).toEqual([expect.stringContaining("Redis does not answer")]);
    expect(JSON.stringify(findings)).not.toContain("s3cret-of-redis");
  });
});

describe("doctor(), where the session is not as it should be", () => {
  const sessionFile = (dataDir: string, name = "work"): string => join(dataDir, "sessions", `${name}.session`);

  it("tells one that is damaged", async () => {
    await using patient = await loggedIn();
    await appendFile(sessionFile(patient.dataDir), "x");
    const findings = await patient.examine();
    expect(told(findings, "sessions", "fault")).toEqual([expect.stringContaining("The session work is damaged.")]);
    expect(patient.sandbox.log).toEqual([]);
  });

  it("takes one that is damaged, but not meant, for a warning", async () => {
    await using patient = await loggedIn();
    await writeFile(sessionFile(patient.dataDir, "old"), "{");
    const findings = await patient.examine();
    expect(faults(findings)).toEqual([]);
    expect(told(findings, "sessions", "warning")).toEqual([expect.stringContaining("The session old is damaged.")]);
  });

  it("tells one that does not exist", async () => {
    await using patient = await newPatient();
    const env = { SESSION_NAME: "nobody", TG_API_ID: "1", TG_API_HASH: "hash" };
    const findings = await patient.examine(env, { offline: true });
    expect(told(findings, "sessions", "fault")).toContainEqual(expect.stringContaining("The session nobody cannot be"));
  });

  it("tells one that is encrypted, and how far that helps", async () => {
    await using patient = await loggedIn();
    const passphrase = "open sesame";
    await openSessions({ dataDir: patient.dataDir, sessions: { encryption: "passphrase", passphrase } }).encrypt(
      "work",
    );
    const closed = await patient.examine();
    expect(told(closed, "sessions", "fault")).toEqual([expect.stringContaining("is encrypted with a passphrase")]);
    expect(told(closed, "access", "note")).toEqual([expect.stringContaining("not without its passphrase")]);
    const open = await patient.examine({ TG_SESSION_PASSPHRASE: passphrase });
    expect(faults(open)).toEqual([]);
    expect(told(open, "access", "note")).toEqual([expect.stringContaining("where TG_SESSION_PASSPHRASE stands")]);
    expect(JSON.stringify(open)).not.toContain(passphrase);
  });

  it("says of one that is not encrypted who can take it, and where to read more", async () => {
    await using patient = await loggedIn();
    const [note] = told(await patient.examine({}, { offline: true }), "access", "note");
    expect(note).toMatch(/^Every program that runs as \S+ can read the session file\. → .*docs\/security\.md$/);
  });

  it("tells one that belongs to another store", async () => {
    await using patient = await loggedIn();
    const { apiId, apiHash, server } = patient.sandbox.clientOptions();
    await (await GuardedClient.open({ apiId, apiHash, server, dataDir: patient.dataDir, session: "work" })).close();
    const other = patient.fileOf("other.sqlite");
    await sqliteStore({ path: other }).close();
    const findings = await patient.examine({ TG_STATE_URL: `sqlite:${other}` });
    expect(told(findings, "sessions", "warning")).toEqual([expect.stringContaining("tg-guarded sessions adopt work")]);
  });

  it("leaves one alone that another program has for itself", async () => {
    await using patient = await loggedIn();
    const { apiId, apiHash, server } = patient.sandbox.clientOptions();
    const { dataDir } = patient;
    const options = { apiId, apiHash, server, dataDir, session: "work", sessions: { lock: "exclusive" } } as const;
    await using client = await GuardedClient.open(options);
    expect(client.read).toBeDefined();
    const before = patient.sandbox.log.length;
    const findings = await patient.examine();
    expect(faults(findings)).toEqual([]);
    expect(told(findings, "sessions", "warning")).toEqual([expect.stringContaining("is in use by")]);
    expect(patient.sandbox.log).toHaveLength(before);
  });

  it("tells one whose data centre the server does not have", async () => {
    await using patient = await loggedIn();
    await openSessions({ dataDir: patient.dataDir, sessions: { encryption: "none" } }).import("far", {
      string: stringOf(newKey(5)),
    });
    const findings = await patient.examine({ SESSION_NAME: "far" });
    expect(told(findings, "telegram", "fault")).toEqual([expect.stringContaining("data centre 5")]);
  });
});

describe("doctor(), where Telegram is not as it should be", () => {
  it("tells that it cannot be reached", async () => {
    await using patient = await loggedIn();
    const { dcs, ...rest } = patient.sandbox.info;
    const nowhere = { ...rest, dcs: dcs.map((dc) => ({ ...dc, port: 1 })) };
    await writeFile(patient.fileOf("sandbox.json"), JSON.stringify(nowhere));
    const findings = await patient.examine();
    expect(told(findings, "telegram", "fault")).toEqual([expect.stringContaining("cannot be reached: ECONNREFUSED")]);
  });

  it("does not wait for one that says nothing", async () => {
    await using patient = await loggedIn({ faults: [{ method: "users.getUsers", silence: true }] });
    const findings = await patient.examine({}, { timeoutMs: 3000 });
    expect(told(findings, "telegram", "fault")).toEqual([expect.stringMatching(/^There was no answer in time\./)]);
  });

  it("tells a session that has ended", async () => {
    await using patient = await loggedIn({ faults: [{ method: "users.getUsers", error: "AUTH_KEY_UNREGISTERED" }] });
    const [fault] = told(await patient.examine(), "telegram", "fault");
    expect(fault).toMatch(/AUTH_KEY_UNREGISTERED\. → tg-guarded login --name work --replace$/);
  });

  it("tells another account than the one expected", async () => {
    await using patient = await loggedIn();
    const findings = await patient.examine({ TG_EXPECTED_USER_ID: "5" });
    expect(told(findings, "account", "fault")).toEqual([expect.stringContaining("5 was expected")]);
  });

  it("tells a circuit that is open, and how long, and who stopped writes", async () => {
    await using patient = await loggedIn();
    const { apiId, apiHash, server } = patient.sandbox.clientOptions();
    await using client = await GuardedClient.open({
      apiId,
      apiHash,
      server,
      dataDir: patient.dataDir,
      session: "work",
    });
    patient.sandbox.faults.set([{ method: "messages.getDialogs", error: "FLOOD_WAIT_4000" }]);
    await expect(client.read.dialogs({ limit: 1 }).toArray()).rejects.toThrow();
    const findings = await patient.examine();
    const warnings = told(findings, "limits", "warning");
    expect(warnings).toContainEqual(expect.stringMatching(/^The circuit is open, nothing is sent: .* 15 minutes\./));
    expect(warnings).toContainEqual(expect.stringMatching(/leave messages\.getDialogs alone.* 67 minutes\./));
    expect(told(findings, "limits", "fault")).toEqual([]);
    await client.stopWrites();
    const stopped = await patient.examine();
    expect(told(stopped, "limits", "fault")).toEqual([
      "A person has stopped all writes. → When they may pass again: tg-guarded circuit close",
    ]);
    expect(told(stopped, "limits", "warning")).toContainEqual(expect.stringMatching(/^The circuit is open/));
  });

  it("tells a clock that is wrong", async () => {
    await using patient = await loggedIn({ now: () => Date.now() - 90_000 });
    const findings = await patient.examine();
    expect(told(findings, "clock", "warning")).toEqual([expect.stringMatching(/^This clock is (89|90|91) s ahead of/)]);
  });
});
