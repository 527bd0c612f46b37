import { expect, it } from "vitest";
import { GuardedClient, memoryStore } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";

it("a client sends nothing on state that a newer program wrote", async () => {
  await using sandbox = await startSandbox();
  const store = memoryStore();
  {
    await using client = await GuardedClient.open({ ...sandbox.clientOptions(), store });
    await client.read.me();
  }
  const keys: string[] = [];
  for await (const [key] of store.entries("")) keys.push(key);
  const admission = keys.find(
    (key) => key.startsWith("admission:") && key.endsWith(String(sandbox.info.accounts[0]?.id)),
  );
  await store.update<object, undefined>(admission ?? "", (state) => ({ next: { ...state, v: 2 }, result: undefined }));

  await using client = await GuardedClient.open({ ...sandbox.clientOptions(), store });
  const before = sandbox.log.length;
  await expect(client.read.me()).rejects.toMatchObject({ code: "state_newer", details: { key: admission } });
  expect(sandbox.log.length).toBe(before);
});
