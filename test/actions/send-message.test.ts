import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approvers, type SendMessageInput } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { gated, LAB, PERSON } from "./gated.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const asked = { approver: approvers.callback(() => true) };

async function send(input: SendMessageInput) {
  await using desk = await gated(sandbox, asked);
  const outcome = await desk.client.actions.sendMessage(input, { confirm: true });
  if (outcome.status !== "done") throw new Error(outcome.status);
  const { messages } = await desk.client.read.messagesByIds(input.chat, [outcome.result.messageId]);
  return messages[0];
}

describe("A message", () => {
  it("carries its formatting as entities", async () => {
    const message = await send({ chat: LAB, text: "**Tide** at [noon](https://tide.example)", formatting: "markdown" });
    expect(message).toMatchObject({
      text: "Tide at noon",
      entities: [
        { type: "bold", offset: 0, length: 4 },
        { type: "textUrl", offset: 8, length: 4, url: "https://tide.example" },
      ],
    });
    expect(await send({ chat: LAB, text: "<b>Ebb</b> **x**", formatting: "html" })).toMatchObject({
      text: "Ebb **x**",
      entities: [{ type: "bold", offset: 0, length: 3 }],
    });
    expect((await send({ chat: LAB, text: "**plain**" }))?.text).toBe("**plain**");
  });

  it("answers another", async () => {
    const first = await send({ chat: LAB, text: "A question" });
    const answer = await send({ chat: LAB, text: "An answer", replyTo: first?.id ?? 0 });
    expect(answer?.replyTo).toMatchObject({ messageId: first?.id });
  });

  it("is refused before anything is asked where it makes no sense", async () => {
    await using desk = await gated(sandbox, asked);
    const wrong: Partial<SendMessageInput>[] = [
      { text: "   " },
      { text: "** **", formatting: "html", replyTo: 0 },
      { schedule: "yesterday" },
      { schedule: new Date(Date.now() + 400 * 86_400_000) },
      { topic: -1 },
    ];
    const before = sandbox.log.length;
    for (const fault of wrong) {
      const call = desk.client.actions.sendMessage({ chat: LAB, text: "x", ...fault });
      await expect(call).rejects.toMatchObject({ code: "input_invalid" });
    }
    expect(sandbox.log.length).toBe(before);
  });

  it("of another formatting, answer, topic, sound or time is another action", async () => {
    await using desk = await gated(sandbox, asked);
    const input = { chat: LAB, text: "**one**" };
    const variants: SendMessageInput[] = [
      input,
      { ...input, formatting: "markdown" },
      { ...input, text: "one" },
      { ...input, replyTo: 1 },
      { ...input, topic: 1 },
      { ...input, silent: true },
      { ...input, schedule: new Date(Date.now() + 3_600_000) },
      { ...input, schedule: new Date(Date.now() + 7_200_000) },
      { ...input, idempotencyKey: "again" },
    ];
    const ids = new Set<string>();
    for (const each of variants) ids.add((await desk.client.actions.sendMessage(each)).actionId);
    expect(ids.size).toBe(variants.length);
  });
});

describe("A preview", () => {
  it("says who, what, how many will see it, and where links lead", async () => {
    await using desk = await gated(sandbox, asked);
    const text = "Look at [my bank](https://evil.example) and tide.example/now";
    const preview = await desk.client.actions.sendMessage({ chat: LAB, text, formatting: "markdown" });
    const { id, title } = sandbox.world.chat(LAB);
    expect(preview).toMatchObject({
      operation: "sendMessage",
      text: "Look at my bank and tide.example/now",
      targets: [{ id, kind: "supergroup", title, username: "tidewater_lab" }],
      links: [
        { text: "my bank", url: "https://evil.example", hidden: true },
        { text: "tide.example/now", url: "tide.example/now", hidden: false },
      ],
    });
    expect(preview.audience).toBeGreaterThan(1);
    expect(preview.firstContact).toBeUndefined();
    expect(preview.warnings.join()).toContain("lead elsewhere");
    expect(preview.quotaLeft).toBeGreaterThan(0);
    expect(preview.summary).toContain(title);
  });

  it("says whether a person was ever written to", async () => {
    await using desk = await gated(sandbox, { ...asked, requireAllowlist: false, unsafeOverride: true });
    const preview = (chat: string | number) => desk.client.actions.sendMessage({ chat, text: "Hello" });
    const self = sandbox.info.accounts[0]?.id ?? 0;
    expect((await preview("me")).firstContact).toBeUndefined();
    await (await preview(PERSON)).execute();
    expect((await preview(PERSON)).firstContact).toBe(false);
    const stranger = (await desk.client.read.participants(LAB, { limit: 100 }).toArray()).find(
      ({ id, isBot }) => id !== self && !isBot && ![...sandbox.world.chat(id).messages()].length,
    );
    expect(stranger).toBeDefined();
    const first = await preview(stranger?.id ?? 0);
    expect(first.firstContact).toBe(true);
    expect(first.warnings.join()).toContain("never written");
  });

  it("of a message to a known chat takes at most two requests, and so does its execution", async () => {
    await using desk = await gated(sandbox, asked);
    for (const chat of [LAB, PERSON]) {
      await desk.client.actions.sendMessage({ chat, text: "to know the chat" });
      const [before, input] = [sandbox.log.length, { chat, text: `counted ${chat}` }];
      const preview = await desk.client.actions.sendMessage(input);
      expect(sandbox.log.length - before).toBeLessThanOrEqual(2);
      const between = sandbox.log.length;
      await preview.execute();
      expect(sandbox.log.length - between).toBeLessThanOrEqual(2);
    }
  });
});
