import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect, it } from "vitest";
import { approvers, GuardedClient, isGuardError } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { startSandbox } from "tg-guarded/testing";
import { runCli } from "../support/cli.js";
import { tempFolder } from "../support/temp-folder.js";

const PHRASE = "open sesame at the harbour";
const TEXT = "A text that is nobody's business";

/** What a session file holds, in every form in which it could show. */
async function formsOfKey(path: string): Promise<readonly (string | Buffer)[]> {
  const { authKey } = JSON.parse(await readFile(path, "utf8")) as { readonly authKey: string };
  const bytes = Buffer.from(authKey, "base64url");
  return [bytes, authKey, bytes.toString("hex"), bytes.toString("base64"), bytes.subarray(0, 24).toString("base64")];
}

/** Everything below a folder, apart from what is there to hold secrets. */
async function filesIn(folder: string, spared: RegExp): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const kept = paths.filter((path) => !spared.test(path));
  return new Map(await Promise.all(kept.map(async (path) => [path, await readFile(path)] as const)));
}

it("No secret and no text is in anything that is written or said, from the login to the crash", async () => {
  await using sandbox = await startSandbox();
  await using folder = await tempFolder();
  const account = sandbox.info.accounts[1];
  const { phone = "", code = "", password = "" } = account ?? {};
  await writeFile(folder.file("info.json"), JSON.stringify(sandbox.info));
  const dataDir = folder.file("data");
  const env = { TG_SANDBOX: folder.file("info.json"), TG_DATA_DIR: dataDir, SESSION_NAME: "work", HOME: folder.path };
  const said: string[] = [];
  const cli = async (...args: string[]) => {
    const { stdout, stderr } = await runCli(args, env);
    said.push(stdout, stderr);
  };

  const answers = ["--code-command", `echo ${code}`, "--password-command", `echo ${password}`];
  await cli("login", "--phone", phone, "--code-command", "echo 00000", "--password-command", "echo wrong");
  await cli("login", "--phone", phone, ...answers);
  await cli("sessions", "list", "--json");
  await cli("sessions", "info", "work");
  await cli("sessions", "devices", "--json");
  await cli("export", "messages", "@tidewater_lab", "--to", folder.file("export.jsonl"), "--limit", "50");
  await cli("sessions", "export", "work");

  const store = sqliteStore({ path: join(dataDir, "state.sqlite") });
  const client = await GuardedClient.open({
    ...sandbox.clientOptions(),
    dataDir,
    store,
    session: "work",
    actions: { allow: ["@tidewater_lab"], approver: approvers.code({ minAgeMs: 0 }), confirmationPhrase: PHRASE },
  });
  for (const name of ["wait", "flood", "refused", "circuit", "connection", "audit"] as const) {
    client.on(name, (event) => said.push(JSON.stringify(event)));
  }
  const preview = await client.actions.sendMessage({ chat: "@tidewater_lab", text: TEXT });
  const errors: unknown[] = [await preview.execute({ confirmationText: "no" }).catch((error: unknown) => error)];
  sandbox.faults.add({ method: "messages.sendMessage", nth: 1, error: "CHAT_WRITE_FORBIDDEN" });
  errors.push(await preview.execute({ confirmationText: PHRASE }).catch((error: unknown) => error));
  await preview.execute({ confirmationText: PHRASE });
  sandbox.world.revoke(account?.id ?? 0);
  errors.push(await client.read.me().catch((error: unknown) => error));
  expect(errors.every((error) => isGuardError(error))).toBe(true);
  const crash = { depth: 12, showHidden: true };
  said.push(inspect(client, crash), inspect(client.actions, crash), JSON.stringify(client.actions.policy()));
  said.push(...errors.map((error) => inspect(error, crash)), await client.metrics.prometheus());
  await client.close();
  await store.close();
  await cli("audit", "show");
  await cli("audit", "verify", "--json");

  const key = await formsOfKey(join(dataDir, "sessions", "work.session"));
  const secrets = {
    "the API's hash": sandbox.info.apiHash,
    password,
    PHRASE,
    "the approval code": preview.approval.code ?? "",
  };
  const found: string[] = [];
  const search = (where: string, bytes: Buffer): void => {
    if (key.some((form) => bytes.includes(form))) found.push(`the session's key in ${where}`);
    for (const [name, secret] of Object.entries(secrets)) if (bytes.includes(secret)) found.push(`${name} in ${where}`);
    if (!where.includes("export.jsonl") && bytes.includes(TEXT)) found.push(`the text in ${where}`);
  };
  const files = await filesIn(folder.path, /info\.json$|\.session$/);
  expect([...files.keys()].some((path) => path.endsWith(".sqlite"))).toBe(true);
  expect([...files.keys()].some((path) => path.includes("audit"))).toBe(true);
  for (const [path, bytes] of files) search(path, bytes);
  search("what was said", Buffer.from(said.join("\n")));
  expect(found).toEqual([]);
  expect(said.join("\n")).not.toMatch(new RegExp(`\\b${code}\\b`));
});
