import { writeFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { GuardedClient, openSessions } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";

let sandbox: Sandbox;
let folder: Awaited<ReturnType<typeof tempFolder>>;
beforeEach(async () => {
  sandbox = await startSandbox();
  folder = await tempFolder();
  await writeFile(folder.file("info.json"), JSON.stringify(sandbox.info), { mode: 0o600 });
  vi.stubEnv("TG_SANDBOX", folder.file("info.json"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await sandbox.close();
  await folder[Symbol.asyncDispose]();
});

const nthAccount = (nth: number) => {
  const account = sandbox.info.accounts[nth];
  if (account === undefined) throw new Error(`There is no account ${nth}.`);
  return account;
};

async function idOf(plane?: "read" | "actions", session?: string): Promise<number> {
  const given = session === undefined ? {} : { session };
  await using client = await GuardedClient.fromEnv({
    ...given,
    ...(plane === undefined ? {} : { sessions: { plane } }),
  });
  return (await client.read.me()).id;
}

it("With a sandbox the session is its first account, one of them by name, or a file as with Telegram", async () => {
  const [first, second] = [nthAccount(0), nthAccount(1)];
  expect(await idOf()).toBe(first.id);
  vi.stubEnv("SESSION_NAME", second.username ?? String(second.id));
  expect(await idOf()).toBe(second.id);
  // As a tool that changes the session names it.
  expect(await idOf("read", first.username ?? String(first.id))).toBe(first.id);

  const sessions = openSessions();
  await sessions.import("work", { string: second.session });
  const path = `${sessions.folder}/work.session`;
  vi.stubEnv("SESSION_NAME", "work");
  expect(await idOf()).toBe(second.id);
  vi.stubEnv("SESSION_NAME", String(first.id));
  vi.stubEnv("TG_ACTIONS_SESSION_PATH", path);
  expect([await idOf("read"), await idOf("actions")]).toEqual([first.id, second.id]);
  const warnings = vi.spyOn(process, "emitWarning").mockReturnValue();
  vi.stubEnv("TG_SESSION_PATH", path);
  expect(await idOf("read")).toBe(second.id);
  // Both sides are led to one file now.
  expect(warnings.mock.calls.map(String)).toEqual([
    expect.stringMatching(/one session, .*work\.session: the variables name it for reading and for actions/),
  ]);
});

it("With a sandbox a session that was chosen counts where none is named", async () => {
  const sessions = openSessions();
  await sessions.import("work", { string: nthAccount(1).session });
  await sessions.use("work");
  expect(await idOf()).toBe(nthAccount(1).id);
});

it("With a sandbox a session is looked for where the program says that sessions are", async () => {
  const [first, second] = [nthAccount(0), nthAccount(1)];
  const [dataDir, dir] = [folder.file("elsewhere"), folder.file("sessions")];
  await openSessions({ dataDir }).import("work", { string: first.session });
  await openSessions({ dataDir }).use("work");
  await openSessions({ sessions: { dir } }).import("home", { string: second.session });
  const found = async (overrides: Parameters<typeof GuardedClient.fromEnv>[0]): Promise<number> => {
    await using client = await GuardedClient.fromEnv(overrides);
    return (await client.read.me()).id;
  };
  expect(await found({ dataDir, session: "work" })).toBe(first.id);
  expect(await found({ dataDir })).toBe(first.id);
  expect(await found({ sessions: { dir }, session: "home" })).toBe(second.id);
});
