import { once } from "node:events";
import { readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { GuardedClient, memoryStore } from "tg-guarded";
import type { LogEntry, SandboxInfo } from "tg-guarded/testing";
import { runCli, startCli } from "../support/cli.js";
import { tempFolder } from "../support/temp-folder.js";

it("tg-guarded sandbox prints one line about itself, serves clients, logs requests, and reports what never happened", async () => {
  await using folder = await tempFolder();
  const [info, log, faults] = [folder.file("info.json"), folder.file("log.jsonl"), folder.file("faults.json")];
  await writeFile(faults, JSON.stringify([{ method: "messages.sendMessage", error: "PEER_FLOOD" }]));
  await writeFile(info, "of an earlier one", { mode: 0o644 });
  const flags = ["--world", "generated", "--messages", "250", "--participants", "12"];
  const child = startCli(["sandbox", "--info", info, "--log", log, "--faults", faults, ...flags]);
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const printed = JSON.parse(line) as SandboxInfo;
  expect(printed).toMatchObject({ host: "127.0.0.1", dcId: 2, layer: 198, dcs: [{ id: 2, port: printed.port }] });
  expect(printed.publicKeyPem).toContain("BEGIN RSA PUBLIC KEY");
  expect(JSON.parse(await readFile(info, "utf8"))).toEqual(printed);
  expect((await stat(info)).mode & 0o777).toBe(0o600);

  const { apiId, apiHash, dcs, publicKeyPem, accounts } = printed;
  const session = { string: accounts[0]?.session ?? "" };
  const server = { dcs, publicKeyPem };
  await using client = await GuardedClient.open({ apiId, apiHash, session, server, store: memoryStore() });
  expect(await client.read.messages("@generated").toArray({ limit: 500 })).toHaveLength(250);
  await client.close();

  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  child.kill("SIGTERM");
  const [exitCode] = (await once(child, "close")) as [number];
  expect(exitCode).toBe(0);
  expect(complaints).toContain('fault never fired: {"method":"messages.sendMessage","error":"PEER_FLOOD"}');
  const entries = (await readFile(log, "utf8"))
    .trimEnd()
    .split("\n")
    .map((text) => JSON.parse(text) as LogEntry);
  expect(entries.filter(({ method }) => method === "messages.getHistory")).toHaveLength(3);
  expect(entries.every(({ account, outcome }) => account === accounts[0]?.id && outcome === "ok")).toBe(true);
});

it("tg-guarded sandbox refuses a port in use, malformed faults and malformed worlds, and says what to do", async () => {
  await using folder = await tempFolder();
  const occupied = createServer().listen(0, "127.0.0.1");
  await once(occupied, "listening");
  const address = occupied.address();
  const port = typeof address === "object" ? String(address?.port) : "";
  const notJson = folder.file("faults.json");
  const notRules = folder.file("rules.json");
  const notWorld = folder.file("result.json");
  await writeFile(notJson, "[{");
  await writeFile(notRules, '[{"method":"messages.getHistory","drop":"sometimes"}]');
  await writeFile(notWorld, '{"name":"Chat","type":"private_group","id":5,"messages":[{"id":"one"}]}');
  const cases = [
    [["--port", port], "port_in_use", "Choose another port"],
    [["--faults", notJson], "faults_invalid", "JSON"],
    [["--faults", notRules], "faults_invalid", 'rule 0, field "drop"'],
    [["--faults", folder.file("absent.json")], "faults_invalid", "cannot be read"],
    [["--world", notWorld], "world_file_invalid", "messages"],
    [["--world", folder.file("absent.json")], "world_file_invalid", "absent.json"],
    [["--messages", "many"], "", "whole number"],
  ] as const;
  for (const [args, code, hint] of cases) {
    const { exitCode, stderr, stdout } = await runCli(["sandbox", ...args]);
    expect(exitCode, stderr).toBe(1);
    expect(stderr).toContain(code);
    expect(stderr).toContain(hint);
    expect(stdout).toBe("");
  }
  occupied.close();
});
