import { expect, it } from "vitest";
import { Api } from "telegram";
import { GuardedClient, memoryStore } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { systemClock } from "../../src/clock.js";
import { Events } from "../../src/events.js";
import { runLogin, runLogout } from "../../src/login/log-in.js";
import { Metrics } from "../../src/metrics.js";
import { issuePermit, isPermit, revokePermit, type Permit } from "../../src/permit.js";
import { LoginWire } from "../../src/telegram/login-wire.js";

it("A permit cannot be forged, and ends with its flow", () => {
  const permit = issuePermit("login");
  expect([isPermit(permit), isPermit({ flow: "login" }), isPermit({ ...permit }), isPermit(undefined)]).toEqual([
    true,
    false,
    false,
    false,
  ]);
  revokePermit(permit);
  expect(isPermit(permit)).toBe(false);
});

it.each(["login", "logout"])("The permit of a %s ends with it, also where it fails", async (flow) => {
  await using sandbox = await startSandbox();
  const { apiId, server } = sandbox.clientOptions();
  const events = new Events();
  const metrics = new Metrics(events);
  const device = { deviceModel: "a", systemVersion: "b", appVersion: "c", langCode: "en" };
  const application = { apiId, ...device };
  const permits: Permit[] = [];
  const open = (permit: Permit): LoginWire => {
    permits.push(permit);
    expect(isPermit(permit)).toBe(true);
    return new LoginWire({ server, application, guards: [], clock: systemClock, events, metrics, permit });
  };
  const signal = AbortSignal.abort(new Error("enough"));
  const rest = { open, signal, clock: systemClock, prompts: {}, way: "phone", apiId, apiHash: "" } as const;
  await expect(flow === "login" ? runLogin(rest) : runLogout(rest)).rejects.toThrow();
  expect(permits.map(isPermit)).toEqual([false]);
});

it("Outside of a login flow no login request leaves", async () => {
  await using sandbox = await startSandbox();
  await using client = await GuardedClient.open({ ...sandbox.clientOptions(), store: memoryStore() });
  const before = sandbox.log.length;
  await expect(client.raw.invoke(new Api.auth.LogOut())).rejects.toMatchObject({ code: "login_denied" });
  expect(sandbox.log).toHaveLength(before);
});
