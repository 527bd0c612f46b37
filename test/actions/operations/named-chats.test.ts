import { expect, it } from "vitest";
import { startSandbox } from "tg-guarded/testing";
import { freshStore, gated, LAB, TEXT } from "../gated.js";

/** He has no @name and no chat with the account: only who has read a message of his knows how to address him. */
const GEORGIOS = 6_210_400_602;
const WITH_HIM = ["@quayside_forum", "@harbour_council", "Kastanienhof neighbours 🌳"];

it("Somebody whom one process has met is found by the process that carries out what was approved", async () => {
  await using sandbox = await startSandbox();
  const shared = freshStore();
  await using first = await gated(sandbox, {}, shared);
  await first.client.read.messages("@quayside_forum", { limit: 50 }).toArray();
  const input = { chat: LAB, user: GEORGIOS };
  const { approval } = await first.client.actions.addMember(input);
  for (const chat of WITH_HIM) sandbox.world.post(chat, { from: "@mira_halvorsen", text: "The newest message" });

  await using second = await gated(sandbox, {}, shared);
  const gate = { confirm: true, confirmationText: TEXT, approvalCode: approval.code ?? "" };
  expect(await second.client.actions.addMember(input, gate)).toMatchObject({ status: "done" });
  expect([...sandbox.world.chat(LAB).members()].some(({ userId }) => userId === GEORGIOS)).toBe(true);
});
