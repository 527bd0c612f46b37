import { readFile, stat, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import type { Message } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { runCli } from "../support/cli.js";
import { tempFolder } from "../support/temp-folder.js";

it("tg-guarded export messages writes every message of a chat, oldest first, as the world has them", async () => {
  await using folder = await tempFolder();
  await using sandbox = await startSandbox();
  const info = folder.file("info.json");
  await writeFile(info, JSON.stringify(sandbox.info));
  const out = folder.file("lab.jsonl");
  const { exitCode, stdout, stderr } = await runCli(["export", "messages", "@tidewater_lab", "--out", out], {
    TG_SANDBOX: info,
    HOME: folder.path,
  });
  expect(stderr).toContain("420 of 420 messages");
  expect(stdout).toContain('420 messages of "Tidewater Lab"');
  expect(exitCode).toBe(0);
  expect((await stat(out)).mode & 0o777).toBe(0o600);
  const lines = (await readFile(out, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Message);
  const truth = [...sandbox.world.chat("@tidewater_lab").messages()];
  expect(lines.map(({ id, text }) => ({ id, text }))).toEqual(truth.map(({ id, text }) => ({ id, text })));

  const newest = folder.file("newest.jsonl");
  const args = ["export", "messages", "-1001650200001", "--out", newest, "--limit", "150"];
  expect((await runCli(args, { TG_SANDBOX: info, HOME: folder.path })).stdout).toContain("150 messages");
  expect(await readFile(newest, "utf8")).toBe(
    (await readFile(out, "utf8"))
      .trimEnd()
      .split("\n")
      .slice(-150)
      .map((line) => `${line}\n`)
      .join(""),
  );
});

it("tg-guarded export messages says what is wrong, with a code and a next step, and leaves no file", async () => {
  await using folder = await tempFolder();
  await using sandbox = await startSandbox();
  const info = folder.file("info.json");
  await writeFile(info, JSON.stringify(sandbox.info));
  const stranger = folder.file("info-stranger.json");
  const [account] = sandbox.info.accounts;
  const forgotten = `${account?.session.slice(0, -8) ?? ""}AAAAAAAA`;
  await writeFile(stranger, JSON.stringify({ ...sandbox.info, accounts: [{ ...account, session: forgotten }] }));
  // No program gets this port by chance, as it does one that was free a moment ago.
  const away = folder.file("info-away.json");
  await writeFile(away, JSON.stringify({ ...sandbox.info, dcs: [{ id: 2, host: "127.0.0.1", port: 1 }] }));
  const broken = folder.file("broken.json");
  await writeFile(broken, "{}");
  const existing = folder.file("existing.jsonl");
  await writeFile(existing, "precious");

  const out = folder.file("out.jsonl");
  const cases = [
    ["@nobody_is_called_so", out, { TG_SANDBOX: info }, "chat_not_found", "dialogs"],
    // What turns the direction of a line, or is not seen, is no word for a terminal.
    ["No such \u202etitle", out, { TG_SANDBOX: info }, "chat_not_found", 'No chat "No such \ufffdtitle"'],
    ["@old_town_market", out, { TG_SANDBOX: info }, "not_a_member", "Join"],
    ["@a", out, { TG_SANDBOX: info }, "input_invalid", "letters"],
    ["me", existing, { TG_SANDBOX: info }, "file_exists", "another file"],
    ["me", folder.file("no/such/folder.jsonl"), { TG_SANDBOX: info }, "file_error", "folder exists"],
    ["me", out, { TG_SANDBOX: stranger }, "session_dead", "Log in"],
    ["me", out, { TG_SANDBOX: info, SESSION_NAME: "zoe" }, "session_invalid", "mira_halvorsen"],
    ["me", out, { TG_SANDBOX: away }, "server_unreachable", "sandbox"],
    ["me", out, { TG_SANDBOX: broken }, "input_invalid", "TG_SANDBOX"],
    ["me", out, { TG_SANDBOX: folder.file("absent.json") }, "input_invalid", "tg-guarded sandbox --info"],
    ["me", out, {}, "input_invalid", "Log in with tg-guarded login, or name a session that there is: SESSION_NAME"],
    ["me", out, { SESSION_NAME: "../../etc/passwd", TG_API_ID: "1", TG_API_HASH: "x" }, "session_invalid", "name"],
    ["me", out, { SESSION_NAME: "none", TG_API_ID: "1", TG_API_HASH: "x" }, "session_invalid", "log in"],
    ["me", out, { SESSION_NAME: "none", TG_API_ID: "one", TG_API_HASH: "x" }, "input_invalid", "TG_API_ID"],
  ] as const;
  for (const [chat, to, env, code, hint] of cases) {
    const { exitCode, stderr, stdout } = await runCli(["export", "messages", chat, "--out", to], {
      HOME: folder.path,
      ...env,
    });
    expect(stderr, chat).toContain(`[${code}]`);
    expect(stderr, chat).toContain(hint);
    expect(stdout).toBe("");
    expect(exitCode).toBe(1);
  }
  await expect(stat(out)).rejects.toThrow("ENOENT");
  await expect(stat(`${out}.part`)).rejects.toThrow("ENOENT");
  expect(await readFile(existing, "utf8")).toBe("precious");
}, 180_000);
