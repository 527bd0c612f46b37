import { writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import type { Sandbox } from "tg-guarded/testing";
import { tempFolder } from "../../support/temp-folder.js";
import { approved, batchDesk, carriedOut, COUNCIL, FAMILY, isIn, LAB, LIV, NEIGHBOURS, settled } from "./batch-desk.js";

const SELF = "@mira_halvorsen";
const DELETING = /deleteMessages/;

const post = (sandbox: Sandbox, chat: string, count: number): number[] =>
  Array.from({ length: count }, (_, n) => sandbox.world.post(chat, { text: `Old ${n}`, from: SELF }));

const left = (sandbox: Sandbox, chat: string, ids: readonly number[]): number =>
  ids.filter((id) => sandbox.world.chat(chat).byId(id) !== undefined).length;

test("Messages of several chats are deleted in pieces, each named once", async () => {
  await using desk = await batchDesk();
  const { sandbox, batches } = desk;
  const ids = { lab: post(sandbox, LAB, 7), home: post(sandbox, NEIGHBOURS, 2) };
  const targets = [
    { chat: LAB, messageIds: ids.lab },
    { chat: NEIGHBOURS, messageIds: ids.home },
    { chat: "Tidewater Lab", messageIds: ids.lab.slice(0, 2) },
  ];
  const batch = await batches.deleteMessages({ targets, maxIdsPerAction: 3 });
  expect((await batch.items()).map(({ target }) => target.messageIds?.length)).toEqual([3, 3, 1, 2]);
  const { summary } = await batch.preview();
  expect(summary).toMatch(/^Delete 9 messages in 2 chats, for everybody: supergroup "Tidewater Lab"/);
  expect(summary).toMatch(/, 7 messages; group .*, 2 messages\./);
  await approved(batch);
  expect((await settled(batch)).map(({ status }) => status)).toEqual(["success", "success", "success", "success"]);
  expect([left(sandbox, LAB, ids.lab), left(sandbox, NEIGHBOURS, ids.home)]).toEqual([0, 0]);
  expect(carriedOut(sandbox, DELETING)).toBe(4);
});

test("Messages take one request at creation, none for preview and approval, and three in the run", async () => {
  await using desk = await batchDesk();
  const { sandbox, batches } = desk;
  const messageIds = post(sandbox, LAB, 2);
  await batches.addMember({ user: LIV, groups: [LAB] });
  const before = sandbox.log.length;
  const batch = await batches.deleteMessages({ targets: [{ chat: LAB, messageIds }] });
  await batch.preview();
  await approved(batch);
  expect(sandbox.log.slice(before).map(({ method }) => method)).toEqual(["channels.getMessages"]);
  await settled(batch);
  expect(sandbox.log.slice(before + 1).map(({ method }) => method)).toEqual([
    "channels.getMessages",
    "channels.getMessages",
    "channels.deleteMessages",
  ]);
});

test("Messages that are gone already are a success without a request", async () => {
  await using desk = await batchDesk();
  const { sandbox, batches } = desk;
  const messageIds = post(sandbox, LAB, 2);
  const batch = await approved(await batches.deleteMessages({ targets: [{ chat: LAB, messageIds }] }));
  sandbox.world.delete(LAB, messageIds);
  expect(await settled(batch)).toMatchObject([{ status: "success" }]);
  expect(carriedOut(sandbox, DELETING)).toBe(0);
});

test("Batches from files do what the files say", async () => {
  await using folder = await tempFolder();
  await using desk = await batchDesk({ roots: [folder.path] });
  const { sandbox, batches } = desk;
  const write = async (name: string, content: unknown): Promise<string> => {
    await writeFile(folder.file(name), JSON.stringify(content));
    return folder.file(name);
  };
  const failed = (chat_id: string, error: string) => ({ chat_id, result: { success: false, error } });
  const report = await write("report.json", { items: [failed(LAB, "Join quota exceeded"), failed(FAMILY, "other")] });
  const adding = await approved(await batches.addMemberFromReport({ path: report, user: LIV }));
  expect(await settled(adding)).toMatchObject([{ status: "success", target: { title: "Tidewater Lab" } }]);
  const others = await batches.addMemberFromReport({ path: report, user: LIV, errorContains: "OTHER" });
  expect((await others.items()).map(({ target }) => target.title)).toEqual([FAMILY]);

  const ids = post(sandbox, LAB, 5);
  const manifest = await write("manifest.json", [{ group: "tidewater_lab", message_ids: ids }]);
  const deleting = await batches.deleteMessagesFromManifest({ path: manifest, maxIdsPerAction: 2, note: "old ones" });
  expect(await settled(await approved(deleting))).toHaveLength(3);
  expect(left(sandbox, LAB, ids)).toBe(0);

  const reviewed = [
    { target: COUNCIL, review: { leave_candidate: true } },
    { target: LAB, review: { leave_candidate: false } },
  ];
  const candidates = await write("candidates.json", { candidates: reviewed });
  const leaving = await approved(await batches.leaveDialogFromCandidates({ path: candidates }));
  expect(await settled(leaving)).toMatchObject([{ status: "success" }]);
  expect([isIn(sandbox, COUNCIL, SELF), isIn(sandbox, LAB, SELF)]).toEqual([false, true]);
  await expect(batches.leaveDialogFromCandidates({ path: folder.file("none.json") })).rejects.toMatchObject({
    code: "input_invalid",
  });
});
