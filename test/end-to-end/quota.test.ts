import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  approvers,
  GuardedClient,
  memoryStore,
  type ActionsOptions,
  type ClientOptions,
  type StateStore,
} from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { FAR_FROM_MIDNIGHT } from "../support/quota-day.js";
import { tempFolder } from "../support/temp-folder.js";

const PERSON = "@jonas_lq";
const BOT = "@tide_tables_bot";
const GROUP = "@tidewater_lab";
const WORKER = fileURLToPath(new URL("../support/send-and-die-worker.mjs", import.meta.url));

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

interface Opening {
  readonly store: StateStore;
  readonly limits?: ClientOptions["limits"];
  readonly actions?: Partial<ActionsOptions>;
}

const openClient = ({ store, limits = {}, actions = {} }: Opening): Promise<GuardedClient> =>
  GuardedClient.open({
    ...sandbox.clientOptions(),
    store,
    limits: { mode: "off", timeZone: FAR_FROM_MIDNIGHT, ...limits },
    actions: { allow: [PERSON, BOT, GROUP, "me"], approver: approvers.code({ minAgeMs: 0 }), ...actions },
  });
const send = async (client: GuardedClient, chat: string | number, text: string) =>
  (await client.actions.sendMessage({ chat, text })).execute({ confirmationText: "send it" });
const quotaLeft = async (client: GuardedClient, chat: string | number): Promise<number | undefined> =>
  (await client.actions.sendMessage({ chat, text: "How much is left?" })).quotaLeft;
const sends = (): number => sandbox.log.filter(({ method }) => method === "messages.sendMessage").length;

describe("the quota of a day", () => {
  it("lets twenty direct messages leave, refuses the next, and leaves its approval valid", async () => {
    const store = memoryStore();
    await using client = await openClient({ store });
    expect(await quotaLeft(client, PERSON)).toBe(20);
    const before = sends();
    for (let count = 1; count <= 20; count++) await send(client, count % 2 === 0 ? PERSON : BOT, `Message ${count}`);
    expect(await quotaLeft(client, PERSON)).toBe(0);

    const input = { chat: PERSON, text: "Message 21" };
    const { approval } = await client.actions.sendMessage(input);
    const gate = { confirm: true, confirmationText: "send it", approvalCode: approval.code ?? "" };
    for (let times = 0; times < 2; times++) {
      await expect(client.actions.sendMessage(input, gate)).rejects.toMatchObject({
        code: "quota_exceeded",
        applied: "no",
        details: { quota: "dm", limit: 20, left: 0 },
      });
    }
    expect(sends() - before).toBe(20);

    await using generous = await openClient({ store, limits: { directMessages: 21 } });
    expect(await generous.actions.sendMessage(input, gate)).toMatchObject({ status: "done", repeated: false });
    expect(sends() - before).toBe(21);
  });

  it("goes by the peer that a message reaches, however that was named, and spares notes to oneself", async () => {
    await using client = await openClient({ store: memoryStore() });
    const group = sandbox.world.chat(GROUP).id;
    const marked = Number(`-100${String(group).replace(/^-(100)?/, "")}`);
    await send(client, GROUP, "By its name");
    await send(client, marked, "By its id");
    await send(client, "me", "A note");
    expect([await quotaLeft(client, GROUP), await quotaLeft(client, PERSON)]).toEqual([28, 20]);
    expect(await quotaLeft(client, "me")).toBeUndefined();
  });

  it("takes nothing for what Telegram surely refused", async () => {
    await using client = await openClient({ store: memoryStore() });
    sandbox.faults.set([{ method: "messages.sendMessage", nth: 1, error: "CHAT_WRITE_FORBIDDEN" }]);
    await expect(send(client, GROUP, "Not here")).rejects.toMatchObject({ code: "telegram_error" });
    sandbox.faults.set([]);
    expect(await quotaLeft(client, GROUP)).toBe(30);
  });

  it("counts the same message again when it is sent again, also after its record was forgotten", async () => {
    await using client = await openClient({
      store: memoryStore(),
      actions: { idempotencyWindowMs: 0, unsafeOverride: true },
    });
    for (let count = 1; count <= 3; count++) {
      expect(await send(client, PERSON, "Once more")).toMatchObject({ status: "done", repeated: false });
      expect(await quotaLeft(client, PERSON)).toBe(20 - count);
    }
  });

  it("takes one unit for an action whose process was killed after it was counted, and that is finished by another", async () => {
    await using folder = await tempFolder();
    const path = folder.file("state.sqlite");
    const store = sqliteStore({ path });
    try {
      await using client = await openClient({ store, actions: { leaseMs: 1000 } });
      const input = { chat: PERSON, text: "From two processes" };
      const { approval } = await client.actions.sendMessage(input);
      const before = sends();
      const worker = spawn(process.execPath, [WORKER], { stdio: ["pipe", "inherit", "inherit"] });
      const options = { ...sandbox.clientOptions(), limits: { timeZone: FAR_FROM_MIDNIGHT } };
      worker.stdin.end(JSON.stringify({ options, path, input, code: approval.code }));
      expect(await once(worker, "exit")).toEqual([null, "SIGKILL"]);
      expect([sends() - before, await quotaLeft(client, PERSON)]).toEqual([0, 19]);

      const gate = { confirm: true, confirmationText: "send it", approvalCode: approval.code ?? "" };
      expect(await client.actions.sendMessage(input, gate)).toMatchObject({ status: "done", repeated: false });
      expect([sends() - before, await quotaLeft(client, PERSON)]).toEqual([1, 19]);
    } finally {
      await store.close();
    }
  });
});
