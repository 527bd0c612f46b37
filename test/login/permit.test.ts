import { expect, it } from "vitest";
import { Api } from "telegram";
import { GuardedClient, memoryStore } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { issuePermit, isPermit, revokePermit } from "../../src/permit.js";

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

it("Outside of a login flow no login request leaves", async () => {
  await using sandbox = await startSandbox();
  await using client = await GuardedClient.open({ ...sandbox.clientOptions(), store: memoryStore() });
  const before = sandbox.log.length;
  await expect(client.raw.invoke(new Api.auth.LogOut())).rejects.toMatchObject({ code: "login_denied" });
  expect(sandbox.log).toHaveLength(before);
});
