import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approvers, GuardedClient, newOperatorKey } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { cliAtTerminal } from "../support/pseudo-terminal.js";
import { runCli } from "../support/cli.js";
import { tempFolder } from "../support/temp-folder.js";

const CHAT = "@tidewater_lab";
const SECRET = "a secret of the operator";
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** A program that asks, and the folder that it shares with its operator. */
async function asking() {
  const folder = await tempFolder();
  const env = { TG_DATA_DIR: folder.path };
  const init = cliAtTerminal(["approvals", "init"], env);
  await init.until("Secret of the operator: ");
  init.type(SECRET);
  await init.until("Once more: ");
  init.type(SECRET);
  await init.until("Written to");
  expect([await init.ended, init.shown().includes(SECRET)]).toEqual([0, false]);
  const store = sqliteStore({ path: folder.file("state.sqlite") });
  const open = (approver = approvers.operator()) =>
    GuardedClient.open({
      ...sandbox.clientOptions(),
      dataDir: folder.path,
      store,
      actions: { allow: [CHAT], approver },
    });
  const client = await open();
  return {
    env,
    ask: (text: string) => client.actions.sendMessage({ chat: CHAT, text }, { confirm: true }),
    async askAnother(text: string) {
      await using other = await open(approvers.operator({ key: newOperatorKey("a secret of somebody else") }));
      return await other.actions.sendMessage({ chat: CHAT, text }, { confirm: true });
    },
    async [Symbol.asyncDispose]() {
      await client.close();
      await store.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe("An operator at a terminal", () => {
  it("reads the question and approves it by the word, with the secret, which is not shown", async () => {
    await using desk = await asking();
    const { actionId } = await desk.ask("For the operator's eyes");
    const approve = cliAtTerminal(["approvals", "approve", actionId], desk.env);
    await approve.until("Secret of the operator: ");
    approve.type(SECRET);
    await approve.until("| For the operator's eyes");
    await approve.until('Type "send" to approve this: ');
    approve.type("send");
    await approve.until("Approved.");
    expect(await approve.ended).toBe(0);
    expect(approve.shown()).not.toContain(SECRET);
    expect(await desk.ask("For the operator's eyes")).toMatchObject({ status: "done" });
    expect((await runCli(["audit", "show"], desk.env)).stdout).toContain(`"event":"approved","actionId":"${actionId}"`);
    expect(await runCli(["audit", "verify"], desk.env)).toMatchObject({ exitCode: 0 });
  });

  it("approves nothing by another word, nor with another secret", async () => {
    await using desk = await asking();
    const { actionId } = await desk.ask("Not like this");
    const other = cliAtTerminal(["approvals", "approve", actionId], desk.env);
    await other.until("Secret of the operator: ");
    other.type(SECRET);
    await other.until('Type "send" to approve this: ');
    other.type("yes");
    await other.until("Not approved; it still waits.");
    const wrong = cliAtTerminal(["approvals", "approve", actionId], desk.env);
    await wrong.until("Secret of the operator: ");
    wrong.type("a guess");
    await wrong.until("[operator_denied]");
    expect(await wrong.ended).not.toBe(0);
    expect(await desk.ask("Not like this")).toMatchObject({ status: "awaiting_approval" });
  });

  it("watches: questions come by themselves, until Ctrl-C", async () => {
    await using desk = await asking();
    const watch = cliAtTerminal(["approvals", "watch"], desk.env);
    await watch.until("Secret of the operator: ");
    watch.type(SECRET);
    await watch.until("Waiting for questions");
    await desk.ask("While you watch");
    await watch.until("| While you watch");
    await watch.until('Type "send" to approve this: ');
    watch.type("send");
    await watch.until("Approved.");
    expect(await desk.ask("While you watch")).toMatchObject({ status: "done" });
    watch.interrupt();
    expect(await watch.ended).toBe(0);
  });

  it("ends at SIGTERM while a question stands, which is left open", async () => {
    await using desk = await asking();
    const watch = cliAtTerminal(["approvals", "watch"], desk.env);
    await watch.until("Secret of the operator: ");
    watch.type(SECRET);
    await watch.until("Waiting for questions");
    await desk.ask("Nobody is there");
    await watch.until('Type "send" to approve this: ');
    watch.terminate();
    expect(await watch.ended).toBe(130);
    expect(await desk.ask("Nobody is there")).toMatchObject({ status: "awaiting_approval" });
  });

  it("is not taken at a word typed before the question was there", async () => {
    await using desk = await asking();
    const watch = cliAtTerminal(["approvals", "watch"], desk.env);
    await watch.until("Secret of the operator: ");
    watch.type(SECRET);
    await watch.until("Waiting for questions");
    watch.type("send");
    await watch.until("send");
    await desk.ask("Not seen yet");
    await watch.until("| Not seen yet");
    await watch.until('Type "send" to approve this: ');
    watch.type("no");
    await watch.until("Left open");
    expect(await desk.ask("Not seen yet")).toMatchObject({ status: "awaiting_approval" });
    watch.interrupt();
    expect(await watch.ended).toBe(0);
  });

  it("is told of questions sealed for another key, can reject them, and is asked the others", async () => {
    await using desk = await asking();
    const { actionId } = await desk.askAnother("Not for you");
    const watch = cliAtTerminal(["approvals", "watch"], desk.env);
    await watch.until("Secret of the operator: ");
    watch.type(SECRET);
    await watch.until(`${actionId} cannot be read: it was sealed for another operator's key`);
    await desk.ask("For you");
    await watch.until("| For you");
    await watch.until('Type "send" to approve this: ');
    watch.type("send");
    await watch.until("Approved.");
    watch.interrupt();
    expect(await watch.ended).toBe(0);
    expect(watch.shown()).not.toContain("asn1");
    const reject = cliAtTerminal(["approvals", "reject", actionId], desk.env);
    await reject.until("Secret of the operator: ");
    reject.type(SECRET);
    await reject.until("Rejected.");
    expect(await reject.ended).toBe(0);
  });
});
