import { afterAll, beforeAll, expect, test } from "vitest";
import { approvers, GuardedClient, type HumanApprover } from "tg-guarded";
import { manualClock, startSandbox, type Sandbox } from "tg-guarded/testing";
import { attempt, copies, gated, LAB } from "./gated.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const GATE = { confirm: true };

/** A function of a program without types, which gives whatever it gives. */
function answering(given: unknown): HumanApprover {
  const approver = approvers.callback(() => true);
  Object.assign(approver, { ask: () => given });
  return approver;
}

test("Only true approves, whatever a function of a program without types gives", async () => {
  for (const given of ["no", "true", 1, {}, [], Promise.resolve("yes"), { approved: false }, undefined, null, false]) {
    await using desk = await gated(sandbox, { approver: answering(given) });
    expect(await attempt(desk.client, { chat: LAB, text: "For nothing but true" }, GATE)).toBe("approval_rejected");
  }
  expect(copies(sandbox, "For nothing but true")).toBe(0);
  await using desk = await gated(sandbox, { approver: answering(Promise.resolve(true)) });
  expect(await attempt(desk.client, { chat: LAB, text: "For nothing but true" }, GATE)).toBe("sent");
});

test.each([
  [59_999, true, "sent"],
  [60_000, true, "approval_expired"],
  [60_000, false, "approval_rejected"],
])("An answer that comes after %i of 60000 ms and is %s: %s", async (afterMs, answer, expected) => {
  const clock = manualClock();
  const ask = async (): Promise<boolean> => {
    await clock.advance(afterMs);
    return answer;
  };
  await using client = await GuardedClient.open({
    ...sandbox.clientOptions(),
    clock,
    limits: { mode: "off" },
    actions: { allow: [LAB], approver: approvers.callback(ask, { ttlMs: 60_000 }) },
  });
  const text = `Answered ${String(answer)} after ${afterMs}`;
  expect(await attempt(client, { chat: LAB, text }, GATE)).toBe(expected);
  expect(copies(sandbox, text)).toBe(expected === "sent" ? 1 : 0);
});
