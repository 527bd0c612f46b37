import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { gated, LAB, PERSON } from "../gated.js";
import { callsOf, refusalOf } from "./desk.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

describe("A draft", () => {
  it("is left in the input field without anybody's approval, and sends nothing", async () => {
    await using desk = await gated(sandbox);
    const before = sandbox.world.chat(LAB).count;
    const calls = await callsOf(sandbox, async () => {
      const done = await desk.client.actions.saveDraft({
        chat: LAB,
        text: " Ebb at **noon** ",
        formatting: "markdown",
      });
      expect(done).toMatchObject({ status: "done", result: { chatId: sandbox.world.chat(LAB).id } });
    });
    expect(calls.filter((method) => method !== "contacts.resolveUsername")).toEqual([
      "messages.getPeerDialogs",
      "messages.saveDraft",
    ]);
    expect(sandbox.world.draft(LAB)).toMatchObject({ text: "Ebb at noon", entities: [{ offset: 7, length: 4 }] });
    expect(sandbox.world.chat(LAB).count).toBe(before);
  });

  it("does not take the place of what a person has begun to write, unless that was asked", async () => {
    await using desk = await gated(sandbox);
    const save = (text: string, replace = false) => desk.client.actions.saveDraft({ chat: PERSON, text, replace });
    await save("Dear Jonas, what I always wanted to");
    expect(await refusalOf(save("Another text"))).toBe("draft_exists");
    expect(sandbox.world.draft(PERSON)).toMatchObject({ text: "Dear Jonas, what I always wanted to" });
    expect(await save("Dear Jonas, what I always wanted to")).toMatchObject({ status: "done" });
    await save("Another text", true);
    expect(sandbox.world.draft(PERSON)).toMatchObject({ text: "Another text" });
  });

  it("can answer a message", async () => {
    await using desk = await gated(sandbox);
    const replyTo = sandbox.world.post(LAB, { from: "@jonas_lq", text: "When?" });
    await desk.client.actions.saveDraft({ chat: LAB, text: "At noon", replyTo, replace: true });
    expect(sandbox.world.draft(LAB)).toMatchObject({ text: "At noon", replyTo });
  });

  it("is refused beyond the allowlist, beyond the limits, and by a policy of the program's own", async () => {
    await using desk = await gated(sandbox, {
      maxMessageLength: 20,
      policies: [
        ({ text }) => {
          if (text === "no") throw new Error("not that");
        },
      ],
    });
    const save = (chat: string, text: string) =>
      refusalOf(desk.client.actions.saveDraft({ chat, text, replace: true }));
    expect(await save("@fatima_bakes", "hello")).toBe("not_allowed");
    expect(await save(LAB, "x".repeat(21))).toBe("input_invalid");
    expect(await save(LAB, "no")).toBe("policy_refused");
    expect(await save(LAB, "yes")).toBe("none");
  });
});
