import { expect, it } from "vitest";
import { describeProposal } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { LAB, PERSON } from "../gated.js";
import { open } from "./desk.js";

const LONG = `${"Every word of it. ".repeat(20)}The end.`;

it("Whoever decides reads the exact text of every message, up to the size limit", async () => {
  await using sandbox = await startSandbox();
  await using desk = await open(sandbox, { maxMessageLength: 1000 });
  const texts = [LONG, "x".repeat(999) + "🌊 and more", "Two\nlines"];
  const messageIds = texts.map((text) => sandbox.world.post(LAB, { from: "@jonas_lq", text }));
  const preview = await desk.client.actions.forwardMessages({ from: LAB, to: PERSON, messageIds });
  expect(preview.messages?.map(({ text }) => text)).toEqual([LONG, "x".repeat(999), "Two\nlines"]);
  expect(preview.messages?.[1]).toMatchObject({ by: "Jonas Lindqvist", moreCharacters: 11 });
  expect(preview.warnings).toContain(`Message ${messageIds[1]} has 11 characters more than are shown.`);
  const lines = describeProposal(preview).split("\n");
  expect(lines).toContain(`Message  ${messageIds[0]} by Jonas Lindqvist`);
  expect(lines).toContain(`  | ${LONG}`);
  expect(lines).toContain("  … and 11 more characters");
  expect(lines.slice(lines.indexOf("  | Two"))[1]).toBe("  | lines");
});

it("The chat it comes from is called so", async () => {
  await using sandbox = await startSandbox();
  await using desk = await open(sandbox);
  const messageIds = [sandbox.world.post(LAB, { from: "@jonas_lq", text: "First" })];
  const preview = await desk.client.actions.forwardMessages({ from: LAB, to: PERSON, messageIds });
  const lines = describeProposal(preview).split("\n");
  expect(lines.filter((line) => /^(From|To) /.test(line)).map((line) => line.slice(0, 24))).toEqual([
    'From     supergroup "Tid',
    'To       user "Jonas Lin',
  ]);
});

it("A link behind other words, or behind another address, is told", async () => {
  await using sandbox = await startSandbox();
  await using desk = await open(sandbox);
  const { actions } = desk.client;
  const text = "[https://bank.example](https://evil.example)";
  const sent = await actions.sendMessage({ chat: LAB, text, formatting: "markdown" }, { confirm: true });
  if (sent.status !== "done") throw new Error(sent.status);
  const messageIds = [sent.result.messageId];
  const preview = await actions.forwardMessages({ from: LAB, to: PERSON, messageIds });
  expect(preview.links).toContainEqual({ text: "https://bank.example", url: "https://evil.example", hidden: true });
  expect(preview.warnings).toContain("1 of the links lead elsewhere than the text says.");
  expect(describeProposal(preview)).toContain('Link     https://evil.example, behind "https://bank.example"');
});

it("A caption that stays behind is not shown, and what the message holds is", async () => {
  await using sandbox = await startSandbox();
  await using desk = await open(sandbox);
  const withFile = [...sandbox.world.chat(LAB).messages()].find(
    ({ media, text, action }) => media?.kind === "photo" && text !== "" && action === undefined,
  );
  const forward = (dropCaptions: boolean) =>
    desk.client.actions.forwardMessages({ from: LAB, to: PERSON, messageIds: [withFile?.id ?? 0], dropCaptions });
  expect((await forward(false)).messages).toMatchObject([{ text: withFile?.text, media: "photo" }]);
  expect((await forward(true)).messages).toMatchObject([{ text: "", media: "photo" }]);
});
