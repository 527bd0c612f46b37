import { expect, it } from "vitest";
import { approvers, GuardedClient, memoryStore } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";

const LAB = "@tidewater_lab";

it("an action whose answer was lost before a stop stays uncertain, says who may end the stop, and is found out after it", async () => {
  await using sandbox = await startSandbox({
    faults: [{ method: "messages.sendMessage", nth: 1, drop: "after" }],
  });
  await using client = await GuardedClient.open({
    ...sandbox.clientOptions(),
    store: memoryStore(),
    limits: { mode: "off", retryAttempts: 0 },
    actions: { allow: [LAB], approver: approvers.callback(() => true) },
  });
  const send = () => client.actions.sendMessage({ chat: LAB, text: "Low tide at noon." }, { confirm: true });
  await expect(send()).rejects.toMatchObject({ code: "outcome_unknown", applied: "unknown" });
  await client.stopWrites();
  await expect(send()).rejects.toMatchObject({
    code: "outcome_unknown",
    applied: "unknown",
    nextStep: expect.stringMatching(/^A person lets them pass again: .* Then make the same call again/) as string,
  });
  await client.resetCircuit();
  expect(await send()).toMatchObject({ status: "done" });
  const said = [...sandbox.world.chat(LAB).messages()].filter(({ text }) => text === "Low tide at noon.");
  expect(said).toHaveLength(1);
});
