import { rmSync } from "node:fs";
import { expect, it } from "vitest";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { fileDesk, GATE } from "./file-desk.js";
import { LAB, PERSON } from "./gated.js";
import { open, resultOf } from "./operations/desk.js";

/** Lets a request be carried out and its caller go away before it is answered. */
async function cutOff(
  sandbox: Sandbox,
  method: string,
  call: (signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const away = new AbortController();
  sandbox.faults.add({ method, nth: 1, drop: "after" });
  const stop = sandbox.onRequest((request) => {
    if (request.method === method) away.abort(new Error("gone"));
  });
  await expect(call(away.signal)).rejects.toThrow("gone");
  stop();
}

it("A file that vanished after it may have been sent is no proof that nothing was sent", async () => {
  await using desk = await fileDesk();
  const { actions } = desk.client;
  const input = { chat: LAB, path: "a.bin" };
  const path = await desk.put("a.bin", "once");
  await cutOff(desk.sandbox, "messages.sendMedia", (signal) => actions.sendFile(input, GATE, { signal }));
  rmSync(path);

  await expect(actions.sendFile(input, GATE)).rejects.toMatchObject({ code: "outcome_unknown", applied: "unknown" });
  await expect(actions.sendFile({ ...input, caption: "another" }, GATE)).rejects.toMatchObject({
    code: "file_unavailable",
    applied: "no",
  });
  await desk.put("a.bin", "once");
  await resultOf(actions.sendFile(input, GATE));
  expect(desk.arrived()).toHaveLength(1);
});

it("A forwarded message that was deleted after it may have been forwarded is no proof that nothing was sent", async () => {
  await using sandbox = await startSandbox();
  await using desk = await open(sandbox);
  const { actions } = desk.client;
  const messageId = sandbox.world.post(LAB, { from: "@mira_halvorsen", text: "Once" });
  const input = { from: LAB, to: PERSON, messageIds: [messageId] };
  await cutOff(sandbox, "messages.forwardMessages", (signal) => actions.forwardMessages(input, GATE, { signal }));
  await resultOf(actions.deleteMessages({ chat: LAB, messageIds: [messageId] }, GATE));

  await expect(actions.forwardMessages(input, GATE)).rejects.toMatchObject({
    code: "outcome_unknown",
    cause: { code: "message_not_found" },
  });
});
