import { afterAll, beforeAll, expect, it } from "vitest";
import { approvers, GuardedClient } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { runCli } from "../support/cli.js";
import { tempFolder } from "../support/temp-folder.js";

const CHAT = "@tidewater_lab";
const PERSON = "@jonas_lq";
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** A program that asks, and how its operator reads the question. */
async function asking() {
  const folder = await tempFolder();
  const path = folder.file("state.sqlite");
  const store = sqliteStore({ path });
  const client = await GuardedClient.open({
    ...sandbox.clientOptions(),
    store,
    actions: { allow: [CHAT, PERSON], approver: approvers.operator() },
  });
  const env = { TG_DATA_DIR: folder.path, TG_STATE_URL: `sqlite:${path}` };
  return {
    store,
    actions: client.actions,
    run: (...args: string[]) => runCli(["approvals", ...args], env),
    async [Symbol.asyncDispose]() {
      await client.close();
      await store.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

it("An operator reads who writes, from where to where, every word, what it costs and until when he may agree", async () => {
  await using desk = await asking();
  const text = `${"Every word of it. ".repeat(20)}The \u202Eend.`;
  const messageIds = [sandbox.world.post(CHAT, { from: PERSON, text })];
  const { actionId } = await desk.actions.forwardMessages({ from: CHAT, to: PERSON, messageIds }, { confirm: true });
  const { stdout } = await desk.run("show", actionId);
  for (const line of [
    /^Account {2}user "Mira Halvorsen" \(@mira_halvorsen, \d+\)$/m,
    /^From {5}supergroup "Tidewater Lab" \(@tidewater_lab, -\d+\), \d+ members, this account is its creator$/m,
    /^To {7}user "Jonas Lindqvist" \(@jonas_lq, \d+\)$/m,
    /^ {2}\| Every word of it\. .* The <U\+202E>end\.$/m,
    /^Quota {4}it takes 1 of the day's direct messages; \d+ left today$/m,
    /^Approve {2}within 29 minutes, until \d{4}-\d\d-\d\dT/m,
  ]) {
    expect(stdout).toMatch(line);
  }
});

it("A question of a newer version is refused clearly, and can be rejected", async () => {
  await using desk = await asking();
  const { actionId } = await desk.actions.sendMessage({ chat: CHAT, text: "Later" }, { confirm: true });
  for await (const [key] of desk.store.entries(`action:`)) {
    await desk.store.update<{ request?: { sealed?: string } }, undefined>(key, (current) => {
      const sealed = JSON.stringify({ ...(JSON.parse(current?.request?.sealed ?? "{}") as object), v: 99 });
      return { next: { ...current, request: { ...current?.request, sealed } }, result: undefined };
    });
  }
  expect((await desk.run("show", actionId)).stderr).toContain("[state_newer]");
  expect(await desk.run("reject", actionId)).toMatchObject({ exitCode: 0, stdout: "Rejected.\n" });
});
