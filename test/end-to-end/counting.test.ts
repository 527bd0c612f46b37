import { expect, it } from "vitest";
import { approvers, GuardedClient, memoryStore } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";

it("the chain counts every request that the sandbox logs, over 5,000 messages, a send and two lost connections", async () => {
  await using sandbox = await startSandbox({
    world: { generated: { messages: 5000, participants: 20 } },
    faults: [
      { method: "messages.getHistory", nth: 20, drop: "after" },
      { method: "messages.sendMessage", nth: 1, drop: "before" },
    ],
  });
  await using client = await GuardedClient.open({
    ...sandbox.clientOptions(),
    store: memoryStore(),
    limits: { perSecond: 1000 },
    actions: { allow: ["generated"], approver: approvers.callback(() => true) },
  });
  const ids: number[] = [];
  for await (const { id } of client.read.messages("@generated")) ids.push(id);
  const text = "One of five thousand and one";
  const preview = await client.actions.sendMessage({ chat: "@generated", text });
  const outcome = await preview.execute();

  expect(ids).toHaveLength(5000);
  expect(new Set(ids).size).toBe(5000);
  expect([...sandbox.world.chat("@generated").messages()].filter((message) => message.text === text)).toHaveLength(1);
  expect(outcome).toMatchObject({ result: { messageId: sandbox.world.chat("@generated").count } });
  expect(sandbox.log.filter(({ outcome }) => outcome === "dropped")).toHaveLength(2);
  const { requests, requestsByMethod } = client.metrics.snapshot();
  expect(requests).toBe(sandbox.log.length);
  for (const [method, count] of Object.entries(requestsByMethod)) {
    expect(
      sandbox.log.filter((entry) => entry.method === method),
      method,
    ).toHaveLength(count);
  }
});
