import { mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { startSandbox, type FaultRule, type Sandbox } from "tg-guarded/testing";
import { Faults } from "../../src/sandbox/faults.js";
import { RawClient } from "./raw-client.js";
import { nearest } from "./raw-desk.js";

const method = nearest._;

describe("faults", () => {
  let sandbox: Sandbox | undefined;
  let now = Date.now();

  async function start(rules: readonly FaultRule[]): Promise<{ sandbox: Sandbox; client: RawClient }> {
    now = Date.now();
    sandbox = await startSandbox({
      world: { generated: { messages: 10, participants: 3 } },
      faults: rules,
      now: () => now,
    });
    const client = await RawClient.loggedIn(sandbox.info);
    return { sandbox, client };
  }

  afterEach(async () => {
    await sandbox?.close();
    expect(sandbox?.problems ?? []).toEqual([]);
    sandbox = undefined;
  });

  const outcomes = (): unknown[] => sandbox?.log.filter((entry) => entry.method === method).map((e) => e.outcome) ?? [];

  it("answers an error with the code that Telegram gives it, without executing", async () => {
    const { client } = await start([{ method, nth: 2, error: "FLOOD_WAIT_30" }]);
    expect((await client.request(nearest))["error"]).toBeUndefined();
    const flooded = await client.request(nearest);
    expect(flooded["value"]).toEqual({ _: "rpc_error", error_code: 420, error_message: "FLOOD_WAIT_30" });
    expect((await client.request(nearest))["error"]).toBeUndefined();
    expect(outcomes()).toEqual(["ok", "FLOOD_WAIT_30", "ok"]);
  });

  it("drops the connection before the execution, and the message can come again", async () => {
    const { client, sandbox } = await start([{ method: "messages.sendMessage", times: 1, drop: "before" }]);
    client.send({ _: "messages.sendMessage", ...{ peer: { _: "inputPeerSelf" }, message: "x", random_id: 1n } });
    await client.closed();
    const again = await RawClient.loggedIn(sandbox.info);
    const sent = await again.request({
      _: "messages.sendMessage",
      ...{ peer: { _: "inputPeerSelf" }, message: "x", random_id: 1n },
    });
    expect(sent["error"]).toBeUndefined();
  });

  it("drops the connection after the execution", async () => {
    const { client, sandbox } = await start([{ method: "messages.sendMessage", times: 1, drop: "after" }]);
    const message = {
      _: "messages.sendMessage",
      ...{ peer: { _: "inputPeerSelf" }, message: "x", random_id: 1n },
    };
    client.send(message);
    await client.closed();
    const again = await RawClient.loggedIn(sandbox.info);
    expect((await again.request(message))["error"]).toBe("RANDOM_ID_DUPLICATE");
    expect(sandbox.log.filter((e) => e.method === message._).map((e) => e.outcome)).toEqual([
      "dropped",
      "RANDOM_ID_DUPLICATE",
    ]);
  });

  it("keeps silent, and executes nothing", async () => {
    const { client } = await start([{ method, times: 1, silence: true }]);
    client.send(nearest);
    const second = client.send(nearest);
    expect((await client.next("result")).object["id"]).toBe(second);
    expect(outcomes()).toEqual(["dropped", "ok"]);
  });

  it("delays the reply and not the execution", async () => {
    const { client } = await start([{ method, nth: 1, delayMs: 1000 }]);
    const slow = client.send(nearest);
    const quick = client.send(nearest);
    const ids = [(await client.next("result")).object["id"], (await client.next("result")).object["id"]];
    expect(ids).toEqual([quick, slow]);
    expect(outcomes()).toEqual(["ok", "ok"]);
  });

  it("puts an answer into a container with the next message", async () => {
    const { client } = await start([{ method: "contacts.resolveUsername", inContainer: true }]);
    client.send({ _: "contacts.resolveUsername", ...{ username: "nobody_is_called_this" } });
    client.send({ _: "ping", ...{ ping_id: 1n } });
    const error = await client.next("result");
    const pong = await client.next("pong");
    expect(error.object["error"]).toBe("USERNAME_NOT_OCCUPIED");
    expect([error.inContainer, pong.inContainer]).toEqual([true, true]);
    expect(error.packet).toBe(pong.packet);
    client.send({ _: "contacts.resolveUsername", ...{ username: "nobody_is_called_this" } });
    const alone = await client.next("result");
    const acknowledgement = await client.next("msgs_ack");
    expect(alone.packet).toBe(acknowledgement.packet);
  });

  it("rotates the salt without executing or logging", async () => {
    const { client } = await start([{ method, nth: 1, badSalt: true }]);
    const before = client.salt;
    const id = client.send(nearest);
    expect((await client.next("bad_server_salt")).object["bad_msg_id"]).toBe(id);
    expect(client.salt).not.toBe(before);
    expect(outcomes()).toEqual([]);
    expect((await client.request(nearest))["error"]).toBeUndefined();
  });

  it("sets the clock to another time", async () => {
    const { client } = await start([{ method, nth: 1, clockShiftMs: 3_600_000 }]);
    await client.request(nearest);
    client.send(nearest);
    const refused = await client.next("bad_msg_notification");
    expect(refused.object["error_code"]).toBe(16);
    expect(Number(refused.messageId >> 32n)).toBe(Math.floor((now + 3_600_000) / 1000));
  });

  it("allows a budget in any window and says how long to wait", async () => {
    const { client } = await start([{ method: "*", budget: { requests: 2, perSeconds: 10 } }]);
    client.clock = () => now;
    const ask = async (): Promise<unknown> => (await client.request(nearest))["error"];
    expect(await ask()).toBeUndefined();
    now += 4000;
    expect(await ask()).toBeUndefined();
    now += 1000;
    expect(await ask()).toBe("FLOOD_WAIT_5");
    now += 5000;
    expect(await ask()).toBeUndefined();
    expect(await ask()).toBe("FLOOD_WAIT_4");
  });

  it("lets the first rule win while all of them count, and tells which never fired", async () => {
    const rules: FaultRule[] = [
      { method, nth: 1, error: "RPC_CALL_FAIL" },
      { method: "*", every: 2, error: "CHAT_WRITE_FORBIDDEN" },
      { method: "messages.getHistory", error: "CHANNEL_PRIVATE" },
    ];
    const { client, sandbox } = await start(rules);
    const codes: unknown[] = [];
    for (let i = 0; i < 4; i++) codes.push((await client.request(nearest))["value"]);
    expect(codes).toMatchObject([{ error_code: 500 }, { error_code: 403 }, { _: "nearestDc" }, { error_code: 403 }]);
    expect(sandbox.faults.unfired()).toEqual([rules[2]]);
    sandbox.faults.add({ method, error: "AUTH_KEY_UNREGISTERED" });
    expect((await client.request(nearest))["value"]).toMatchObject({ error_code: 401 });
    sandbox.faults.set([]);
    expect((await client.request(nearest))["error"]).toBeUndefined();
  });

  it("goes through a sequence, a step for each request", async () => {
    const sequence = [{ error: "RPC_CALL_FAIL" }, { pass: true as const }, { drop: "after" as const }];
    const { client, sandbox } = await start([{ method, sequence }]);
    const ask = async (): Promise<unknown> => (await client.request(nearest))["error"];
    expect([await ask(), await ask()]).toEqual(["RPC_CALL_FAIL", undefined]);
    expect(sandbox.faults.unfired()).toHaveLength(1);
    client.send(nearest);
    await client.closed();
    expect(sandbox.faults.unfired()).toEqual([]);
    const again = await RawClient.loggedIn(sandbox.info);
    expect((await again.request(nearest))["error"]).toBeUndefined();
    again.close();
  });

  it("reports calls that were expected and did not come", async () => {
    const { client, sandbox } = await start([{ method, expect: 2 }]);
    await client.request(nearest);
    expect(sandbox.faults.unfired()).toEqual([{ method, expect: 2 }]);
    await client.request(nearest);
    expect(sandbox.faults.unfired()).toEqual([]);
  });

  it("tells an error of the transport and ends the connection", async () => {
    const { client } = await start([{ method, nth: 1, transportError: 429 }]);
    client.send(nearest);
    const payload = await client.payload();
    expect(payload.readInt32LE()).toBe(-429);
    await client.closed();
    expect(outcomes()).toEqual(["dropped"]);
  });

  it("imitates Telegram's floods: waits grow while they are ignored, and budgets shrink", async () => {
    const { client } = await start([{ method: "*", floods: "telegram" }]);
    client.clock = () => now;
    const ask = async (): Promise<unknown> => (await client.request(nearest))["error"];
    for (let free = 0; free < 100; free++) expect(await ask()).toBeUndefined();
    expect([await ask(), await ask(), await ask()]).toEqual(["FLOOD_WAIT_5", "FLOOD_WAIT_10", "FLOOD_WAIT_20"]);
    now += 20_000;
    expect(await ask()).toBe("FLOOD_WAIT_20");
    now += 40_000;
    for (let free = 0; free < 25; free++) expect(await ask()).toBeUndefined();
    expect(await ask()).toBe("FLOOD_WAIT_20");
    expect((await client.request({ _: "updates.getState" }))["error"]).toBe("FLOOD_WAIT_40");
    const search = { q: "robin", limit: 5 };
    expect((await client.request({ _: "contacts.search", ...search }))["error"]).toBeUndefined();
    now += 700_000;
    for (let free = 0; free < 100; free++) expect(await ask()).toBeUndefined();
    expect(await ask()).toBe("FLOOD_WAIT_5");
  });

  it("explains what is wrong with a rule", () => {
    const refused = (rules: unknown): string => {
      try {
        new Faults(rules);
      } catch (error) {
        return error instanceof Error ? error.message : "";
      }
      return "accepted";
    };
    expect(
      refused([
        { method: "*", silence: true },
        { method: "messages.getHistroy", silence: true },
      ]),
    ).toContain('rule 1, field "method": must be "*" or a method');
    expect(refused([{ method: "*" }])).toContain("rule 0: must have exactly one of error, drop");
    expect(refused([{ method: "*", silence: true, delayMs: 1 }])).toContain("exactly one of");
    expect(refused([{ method: "*", drop: "sometimes" }])).toMatch(/rule 0, field "drop".*"before"\|"after"/);
    expect(refused([{ method: "*", nth: 0, silence: true }])).toContain('rule 0, field "nth"');
    expect(refused([{ method: "*", silense: true }])).toContain("silense");
    expect(refused([{ method: "*", sequence: [{ error: "INTERNAL", silence: true }] }])).toContain(
      'rule 0, field "sequence.0": must have exactly one of error',
    );
    expect(refused([{ method: "*", nth: 2, expect: 1 }])).toContain("sequence and expect go without nth");
    expect(refused([{ method: "*", code: 400, silence: true }])).toContain(
      'rule 0, field "code": goes with error only',
    );
    expect(refused({})).toContain("the whole");
  });
});

describe("a sandbox", () => {
  it("writes its log to a file before the reply", async () => {
    const logFile = join(mkdtempSync(join(tmpdir(), "sandbox-")), "log.jsonl");
    const sandbox = await startSandbox({ world: { generated: { messages: 1, participants: 2 } }, logFile });
    const seen: string[] = [];
    const stop = sandbox.onRequest((entry) => seen.push(entry.method));
    const client = await RawClient.loggedIn(sandbox.info);
    const lines = readFileSync(logFile, "utf8").trim().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(sandbox.log);
    expect(seen).toEqual(["help.getConfig"]);
    stop();
    await client.request(nearest);
    expect(seen.length).toBe(1);
    expect(sandbox.connections).toBe(1);
    sandbox.dropConnections();
    await client.closed();
    await sandbox.close();
    expect(sandbox.connections).toBe(0);
  });

  it("says when its port is in use", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" ? address?.port : undefined;
    await expect(startSandbox({ port: port ?? 0 })).rejects.toMatchObject({ code: "port_in_use" });
    taken.close();
  });
});
