import type { ElicitResult } from "@modelcontextprotocol/sdk/types.js";
import { approvers, GuardedClient, memoryStore } from "tg-guarded";
import { askPerson, createActionsServer } from "tg-guarded/mcp-actions";
import { createReadServer } from "tg-guarded/mcp-read";
import { startSandbox } from "tg-guarded/testing";
import { expect, it } from "vitest";
import { answerOf, hostOf } from "./desk.js";

const LAB = "@tidewater_lab";

const accepts = (): ElicitResult => ({ action: "accept", content: { approve: true } });
const declines = (): ElicitResult => ({ action: "decline", content: { approve: true } });

it("A program serves the tools on a client of its own, to several hosts at once", async () => {
  await using sandbox = await startSandbox();
  await using client = await GuardedClient.open({ ...sandbox.clientOptions(), store: memoryStore() });
  const [given, opened] = await Promise.all([
    hostOf(createReadServer(client, { name: "mine", version: "2.0.0" })),
    hostOf(createReadServer(() => client)),
  ]);
  expect(given.getServerVersion()).toMatchObject({ name: "mine", version: "2.0.0" });
  expect(opened.getServerVersion()?.version).toMatch(/^\d+\.\d+\.\d+/);
  for (const host of [given, opened]) {
    const answer = answerOf(await host.callTool({ name: "tg_get_messages", arguments: { group: LAB, limit: 2 } }));
    expect(answer).toMatchObject({ count: 2 });
  }
  const refused = answerOf(await given.callTool({ name: "tg_use_session", arguments: { session_name: "home" } }));
  expect(refused).toMatchObject({ success: false, code: "session_invalid" });
  await given.close();
  expect((await client.read.me()).id).toBeGreaterThan(0);
  await opened.close();
});

it("asks the host's own person where the client was opened so, and sends what was accepted once", async () => {
  await using sandbox = await startSandbox();
  await using client = await GuardedClient.open({
    ...sandbox.clientOptions(),
    store: memoryStore(),
    actions: { allow: [LAB], approver: approvers.operator({ ask: "host" }), ask: askPerson },
  });
  const text = "Accepted by the one who sits there";
  const call = { name: "tg_send_message", arguments: { group: LAB, message_text: text, confirm: true } };
  const declining = await hostOf(createActionsServer(client), declines);
  expect(answerOf(await declining.callTool(call))).toMatchObject({ status: "awaiting_approval" });
  const mute = await hostOf(createActionsServer(client, { mayElicit: false }), accepts);
  expect(answerOf(await mute.callTool(call))).toMatchObject({ status: "awaiting_approval" });
  const sent = () => [...sandbox.world.chat(LAB).messages()].filter((message) => message.text === text).length;
  expect(sent()).toBe(0);
  const other = { ...call, arguments: { ...call.arguments, message_text: `${text}!` } };
  const accepting = await hostOf(createActionsServer(client), accepts);
  expect(answerOf(await accepting.callTool(other))).toMatchObject({ status: "done" });
  expect([...sandbox.world.chat(LAB).messages()].filter((message) => message.text === `${text}!`)).toHaveLength(1);
  expect(sent()).toBe(0);
  await Promise.all([declining, mute, accepting].map((host) => host.close()));
});
