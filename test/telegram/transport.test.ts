import { describe, expect, it } from "vitest";
import { approvers, GuardedClient, isGuardError, memoryStore, type ClientOptions } from "tg-guarded";
import { startSandbox, type FaultRule, type Sandbox } from "tg-guarded/testing";

const LIFTED = { perSecond: 10_000, burst: 10_000 };

async function connected(faults: readonly FaultRule[] = [], options: Partial<ClientOptions> = {}) {
  const sandbox = await startSandbox({ faults });
  const client = await GuardedClient.open({
    ...sandbox.clientOptions(),
    store: memoryStore(),
    limits: LIFTED,
    ...options,
  });
  const close = async (): Promise<void> => {
    await client.close();
    await sandbox.close();
  };
  return { sandbox, client, [Symbol.asyncDispose]: close };
}

const methods = (sandbox: Sandbox): string[] => sandbox.log.map(({ method, outcome }) => `${method} ${outcome}`);
const codeOf = (error: unknown): string => (isGuardError(error) ? error.code : String(error));

describe("the transport", () => {
  it("introduces itself with the first request instead of sending one just for that", async () => {
    await using made = await connected();
    await made.client.read.me();
    expect(made.sandbox.log.map(({ method, wrappers }) => [method, ...wrappers])).toEqual([
      ["users.getUsers", "invokeWithLayer", "initConnection"],
      ["users.getUsers"],
    ]);
  });

  it("settles everything that was pending when the connection breaks, and connects anew for the next request", async () => {
    await using made = await connected([{ method: "help.getNearestDc", times: 5, delayMs: 60_000 }], {
      limits: { ...LIFTED, retryAttempts: 0 },
    });
    const { client, sandbox } = made;
    const { api } = client.raw;
    const states: string[] = [];
    client.on("connection", ({ state }) => states.push(state));
    const pending = Array.from({ length: 5 }, () => client.raw.invoke(new api.help.GetNearestDc()));
    const arrived = new Promise<void>((resolve) => {
      const stop = sandbox.onRequest(() => {
        if (sandbox.log.length < 6) return;
        stop();
        resolve();
      });
    });
    await arrived;
    sandbox.dropConnections();
    const outcomes = await Promise.allSettled(pending);
    expect(outcomes.map((outcome) => (outcome.status === "rejected" ? codeOf(outcome.reason) : "answered"))).toEqual(
      Array.from({ length: 5 }, () => "connection_lost"),
    );
    expect((await client.raw.invoke(new api.help.GetNearestDc())).className).toBe("NearestDc");
    expect(states).toEqual(["lost", "connected"]);
  });

  it("hears every answer of a container that brings an error, too", async () => {
    await using made = await connected([{ method: "contacts.resolveUsername", nth: 1, inContainer: true }]);
    const { api } = made.client.raw;
    const [failed, answered] = await Promise.allSettled([
      made.client.raw.invoke(new api.contacts.ResolveUsername({ username: "nobody_is_called_so" })),
      made.client.raw.invoke(new api.help.GetNearestDc()),
    ]);
    expect(failed.status === "rejected" && isGuardError(failed.reason, "telegram_error")).toBe(true);
    expect(answered.status).toBe("fulfilled");
  });

  it("sends what was approved by itself, not after what is sent beside it", async () => {
    await using made = await connected([], {
      limits: { ...LIFTED, mode: "off", groupMessages: 100 },
      actions: { allow: ["@tidewater_lab"], approver: approvers.callback(() => true) },
    });
    const { client, sandbox } = made;
    const texts = Array.from({ length: 12 }, (_, nth) => `Buoy ${nth}`);
    const previews = await Promise.all(
      texts.map((text) => client.actions.sendMessage({ chat: "@tidewater_lab", text })),
    );
    sandbox.faults.add({ method: "messages.sendMessage", nth: 1, error: "CHAT_WRITE_FORBIDDEN" });
    // All of them wait for the next connection, and leave together.
    const lost = new Promise<void>((resolve) => {
      client.on("connection", ({ state }) => {
        if (state === "lost") resolve();
      });
    });
    sandbox.dropConnections();
    await lost;
    const outcomes = await Promise.allSettled(previews.map((preview) => preview.execute()));
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(1);
    const sends = sandbox.log.filter(({ method }) => method === "messages.sendMessage");
    expect(sends.flatMap(({ wrappers }) => wrappers).filter((name) => name === "invokeAfterMsg")).toEqual([]);
  });

  it("refuses a request that is too large to be sent, and goes on", async () => {
    await using made = await connected();
    const { api } = made.client.raw;
    const id = Array.from({ length: 300_000 }, () => new api.InputUserSelf());
    const large = made.client.raw.invoke(new api.users.GetUsers({ id }));
    await expect(large).rejects.toMatchObject({ code: "input_invalid", applied: "no" });
    expect((await made.client.raw.invoke(new api.help.GetNearestDc())).className).toBe("NearestDc");
  });

  it("sends again what a bad salt kept from being executed, counts that, and bothers nobody with it", async () => {
    await using made = await connected([{ method: "help.getNearestDc", nth: 1, badSalt: true }]);
    const { api } = made.client.raw;
    const before = made.client.metrics.snapshot().transportResends;
    await made.client.raw.invoke(new api.help.GetNearestDc());
    expect(made.client.metrics.snapshot().transportResends).toBe(before + 1);
    expect(methods(made.sandbox).filter((line) => line.startsWith("help.getNearestDc"))).toEqual([
      "help.getNearestDc ok",
    ]);
    expect(made.client.metrics.snapshot().requests).toBe(made.sandbox.log.length);
  });

  it("sleeps through no flood and repeats no failure by itself", async () => {
    const faults: FaultRule[] = [
      { method: "help.getNearestDc", nth: 1, error: "FLOOD_WAIT_1" },
      { method: "help.getNearestDc", nth: 2, error: "RPC_CALL_FAIL" },
    ];
    await using made = await connected(faults, { limits: { ...LIFTED, retryAttempts: 0 } });
    const { api } = made.client.raw;
    await expect(made.client.raw.invoke(new api.help.GetNearestDc())).rejects.toMatchObject({
      code: "flood_wait",
      applied: "no",
      details: { retryAfterMs: 1000, name: "FLOOD_WAIT_1", scope: "method", method: "help.getNearestDc" },
    });
    await expect(made.client.raw.invoke(new api.help.GetConfig())).resolves.toBeDefined();
    expect(methods(made.sandbox)).toEqual(["users.getUsers ok", "help.getNearestDc FLOOD_WAIT_1", "help.getConfig ok"]);
  });

  it("ends a request that is never answered, by its timeout or by the caller's signal", async () => {
    await using made = await connected([{ method: "help.getNearestDc", silence: true }], {
      limits: { ...LIFTED, retryAttempts: 0, timeoutMs: 3000 },
    });
    const { api } = made.client.raw;
    await expect(made.client.raw.invoke(new api.help.GetNearestDc())).rejects.toMatchObject({
      code: "timeout",
      applied: "unknown",
    });
    const reason = new Error("I have changed my mind");
    const controller = new AbortController();
    const asked = made.client.raw.invoke(new api.help.GetNearestDc(), { signal: controller.signal });
    controller.abort(reason);
    await expect(asked).rejects.toBe(reason);
  });

  it("settles what is pending when the client is closed, and sends nothing afterwards", async () => {
    await using made = await connected([{ method: "help.getNearestDc", silence: true }]);
    const { api } = made.client.raw;
    const reached = new Promise<void>((resolve) => {
      made.sandbox.onRequest(({ method }) => {
        if (method === "help.getNearestDc") resolve();
      });
    });
    const pending = made.client.raw.invoke(new api.help.GetNearestDc());
    await reached;
    await Promise.all([made.client.close(), expect(pending).rejects.toMatchObject({ code: "client_closed" })]);
    const before = made.sandbox.log.length;
    await expect(made.client.read.me()).rejects.toMatchObject({ code: "client_closed" });
    expect(made.sandbox.log.length).toBe(before);
    await expect.poll(() => made.sandbox.connections).toBe(0);
  });

  it("asks nothing more of Telegram once the session is dead, and says so", async () => {
    await using made = await connected([{ method: "help.getNearestDc", nth: 1, error: "SESSION_REVOKED" }]);
    const { api } = made.client.raw;
    expect(await made.client.health()).toMatchObject({ status: "healthy", allows: { reads: true, writes: true } });
    await expect(made.client.raw.invoke(new api.help.GetNearestDc())).rejects.toMatchObject({ code: "session_dead" });
    const before = made.sandbox.log.length;
    await expect(made.client.read.me()).rejects.toMatchObject({
      code: "session_dead",
      details: { name: "SESSION_REVOKED" },
    });
    expect(made.sandbox.log.length).toBe(before);
    expect(await made.client.health()).toMatchObject({
      status: "dead",
      name: "SESSION_REVOKED",
      allows: { reads: false },
    });
  });

  it("refuses a server that cannot prove the key, and a session that the server does not know", async () => {
    await using one = await startSandbox();
    await using other = await startSandbox();
    const options = { ...one.clientOptions(), server: other.clientOptions().server, store: memoryStore() };
    await expect(GuardedClient.open(options)).rejects.toMatchObject({ code: "session_dead" });
  });
});
