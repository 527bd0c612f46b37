import { expect, it } from "vitest";
import { approvers, GuardedClient, type ClientOptions, type StateStore } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { startSandbox } from "tg-guarded/testing";
import { runCli } from "../support/cli.js";
import { tempFolder } from "../support/temp-folder.js";

const CHATS = ["@tidewater_lab", "@harbour_council"] as const;
const [CHAT] = CHATS;

async function house() {
  const [folder, sandbox] = await Promise.all([tempFolder(), startSandbox()]);
  const path = folder.file("state.sqlite");
  const open: { client: GuardedClient; store: StateStore }[] = [];
  const env = { TG_DATA_DIR: folder.path, TG_STATE_URL: `sqlite:${path}`, HOME: folder.path };
  return {
    sandbox,
    /** As another process would: with a handle of its own on the same file. */
    async client(options: Partial<ClientOptions> = {}) {
      const store = sqliteStore({ path });
      const actions = { allow: [...CHATS], approver: approvers.callback(() => true) };
      const client = await GuardedClient.open({ ...sandbox.clientOptions(), store, actions, ...options });
      open.push({ client, store });
      return client;
    },
    run: (...args: string[]) => runCli(["circuit", ...args], env),
    env,
    async [Symbol.asyncDispose]() {
      for (const { client, store } of open) {
        await client.close();
        await store.close();
      }
      await sandbox.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const sends = ({ sandbox }: Awaited<ReturnType<typeof house>>): number =>
  sandbox.log.filter(({ method }) => method === "messages.sendMessage").length;

it("circuit stop refuses the writes of programs that run, until circuit close; reading goes on, approvals stay", async () => {
  await using here = await house();
  const client = await here.client();
  const id = here.sandbox.info.accounts[0]?.id ?? 0;
  expect((await here.run("show")).stdout).toBe(`${id}  reads and writes pass\n`);

  const input = { chat: CHAT, text: "Low tide at noon." };
  const preview = await client.actions.sendMessage(input);
  expect(await here.run("stop")).toEqual({
    exitCode: 0,
    stdout: `${id}  reads pass; a person has stopped all writes, until tg-guarded circuit close\n`,
    stderr: "",
  });
  await expect(preview.execute()).rejects.toMatchObject({
    code: "circuit_open",
    applied: "no",
    details: { method: "messages.sendMessage", reason: "stopped" },
    nextStep: expect.stringContaining("tg-guarded circuit close") as string,
  });
  const later = await here.client();
  await expect(later.actions.sendMessage(input, { confirm: true })).rejects.toMatchObject({ code: "circuit_open" });
  expect(await later.read.messages(CHAT, { limit: 1 }).toArray()).toHaveLength(1);
  expect(await client.health()).toMatchObject({ status: "limited", allows: { reads: true, writes: false } });
  const [line = ""] = (await here.run("show", "--json")).stdout.split("\n");
  expect(JSON.parse(line)).toMatchObject({ account: id, reason: "stopped", allows: { reads: true, writes: false } });
  expect(sends(here)).toBe(0);

  expect((await here.run("close", String(id))).stdout).toBe(`${id}  reads and writes pass\n`);
  expect(await client.actions.resume(preview.actionId)).toMatchObject({ status: "done" });
  expect(sends(here)).toBe(1);
});

it("a batch that runs stops before its next item, which is done once the circuit is closed", async () => {
  await using here = await house();
  const client = await here.client();
  const targets = CHATS.map((chat) => ({ chat, messageIds: [2] }));
  const batch = await client.actions.batches.deleteMessages({ targets });
  await batch.approve({ confirm: true });
  const ended: string[] = [];
  const run = async () => {
    for await (const { status } of batch.run()) {
      ended.push(status);
      if (ended.length === 1) await here.run("stop");
    }
  };
  await expect(run()).rejects.toMatchObject({ code: "circuit_open", details: { reason: "stopped" } });
  expect(ended).toEqual(["success"]);
  expect(await batch.status()).toMatchObject({ status: "approved", counts: { pending: 1, success: 1 } });
  await here.run("close");
  await run();
  expect(ended).toEqual(["success", "success"]);
});

it("stops an account that has done nothing for so long that nothing is kept of its budget", async () => {
  await using here = await house();
  const store = sqliteStore({ path: here.env.TG_STATE_URL.slice("sqlite:".length) });
  const client = await here.client();
  for await (const [key] of store.entries("admission:"))
    await store.update(key, () => ({ next: undefined, result: 0 }));
  await store.close();
  expect((await here.run("stop")).exitCode).toBe(0);
  await expect(
    client.actions.sendMessage({ chat: CHAT, text: "Low tide at noon." }, { confirm: true }),
  ).rejects.toMatchObject({ code: "circuit_open" });
});

it("says so, and ends with 1, where nothing could be stopped", async () => {
  await using here = await house();
  const nobody = await here.run("stop");
  expect(nobody).toMatchObject({ exitCode: 1, stdout: "No program with this state has been any account yet.\n" });
  await here.client();
  const other = await here.run("stop", "77");
  expect(other).toMatchObject({ exitCode: 1, stdout: "" });
  expect(other.stderr).toContain("This state knows no account 77. [input_invalid]");
  const inMemory = await runCli(["circuit", "stop"], { ...here.env, TG_STATE_URL: "memory:" });
  expect(inMemory).toMatchObject({ exitCode: 1, stdout: "" });
  expect(inMemory.stderr).toContain("lives in one process alone. [input_invalid]");
});

it("a client stops the writes of its own account for all who share the store, and lets them pass again", async () => {
  await using here = await house();
  const [one, other] = [await here.client(), await here.client()];
  await one.stopWrites();
  const send = () => other.actions.sendMessage({ chat: CHAT, text: "Low tide at noon." }, { confirm: true });
  await expect(send()).rejects.toMatchObject({ code: "circuit_open", details: { reason: "stopped" } });
  await other.resetCircuit();
  expect(await send()).toMatchObject({ status: "done" });
});
