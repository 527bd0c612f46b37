import { expect, test } from "vitest";
import { ADDING, approved, batchDesk, carriedOut, FAMILY, isIn, LAB, LIV, NEIGHBOURS, settled } from "./batch-desk.js";

const GROUPS = [LAB, FAMILY, NEIGHBOURS];

test("A batch finds its chats, waits for a yes, adds to each once, and is then over", async () => {
  await using desk = await batchDesk();
  const { sandbox, batches } = desk;
  const batch = await batches.addMember({ user: LIV, groups: GROUPS, note: "spring" });
  expect(await batch.status()).toMatchObject({ status: "pending_approval", itemCount: 3, note: "spring" });
  await expect(settled(batch)).rejects.toMatchObject({ code: "batch_not_approved" });
  await batch.preview();
  expect(carriedOut(sandbox, ADDING)).toBe(0);

  await approved(batch);
  expect(await batch.status()).toMatchObject({ status: "approved", approval: { approver: "callback" } });
  const items = await settled(batch);
  expect(items.map(({ n, status }) => [n, status])).toEqual([
    [0, "success"],
    [1, "already_member"],
    [2, "success"],
  ]);
  expect(items).toEqual(await batch.items());
  expect(items[0]?.target).toMatchObject({ chat: sandbox.world.chat(LAB).id, title: "Tidewater Lab" });
  expect(GROUPS.map((chat) => isIn(sandbox, chat, LIV))).toEqual([true, true, true]);
  expect(carriedOut(sandbox, ADDING)).toBe(2);
  const status = await batch.status();
  expect(status).toMatchObject({ status: "completed", counts: { success: 2, already_member: 1, pending: 0 } });
  expect(await batches.list()).toEqual([status]);
  await expect(settled(batch)).rejects.toMatchObject({ code: "batch_over", details: { status: "completed" } });
  expect((await desk.trail()).filter(({ event }) => event.startsWith("batch")).map(({ event }) => event)).toEqual([
    "batch_created",
    "batch_approved",
    "batch_running",
    "batch_item",
    "batch_item",
    "batch_item",
    "batch_completed",
  ]);
});

test("The preview says in plain words what is done to whom, what it costs and for how long the yes counts", async () => {
  await using desk = await batchDesk({ joins: 1 });
  const batch = await desk.batches.addMember({
    user: LIV,
    groups: [LAB, FAMILY, "@nobody_of_that_name"],
    note: "spring",
  });
  const preview = await batch.preview();
  expect(preview.summary).toBe(
    'Add user "Liv Halvorsen 🌻" (@liv_paints, 6210400303) to 2 chats: supergroup "Tidewater Lab" (@tidewater_lab, ' +
      '-1001650200001); group "Family 🏡" (-4210300). It costs 2 of the quota for joins, leaves, invitations and ' +
      "removals: 1 a day, 1 left today. It takes 2 days, today included. Once approved it may be run for 1 day; " +
      "what is not done by then needs another approval.",
  );
  expect(preview.warnings).toEqual(
    expect.arrayContaining(["Note of whoever created it: spring", 'Left out: "@nobody_of_that_name": not found.']),
  );
  expect(preview.targets.map(({ title }) => title)).toEqual(["Tidewater Lab", "Family 🏡"]);
  expect(preview).toMatchObject({ operation: "addMemberBatch", quotaLeft: 1 });
});

test("Chats that are known cost no request at creation, others one walk through the dialogs; a run two or one each", async () => {
  await using desk = await batchDesk();
  const { sandbox, batches } = desk;
  const methods = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
    const before = sandbox.log.length;
    await work();
    return sandbox.log.slice(before).map(({ method }) => method);
  };
  const creating = () => batches.addMember({ user: LIV, groups: [...GROUPS, sandbox.world.chat("@night_watch").id] });
  expect(await methods(creating)).toEqual(["contacts.resolveUsername", "messages.getDialogs"]);
  expect(await methods(creating)).toEqual([]);
  const batch = await creating();
  expect(await methods(() => approved(batch))).toEqual([]);
  expect(await methods(() => settled(batch, { maxActions: 2 }))).toEqual([
    "channels.getParticipant",
    "channels.inviteToChannel",
    "messages.getFullChat",
  ]);
});

test("A run does as many items as it may, and the next one goes on behind them", async () => {
  await using desk = await batchDesk();
  const { clock, batches } = desk;
  const created = await batches.addMember({ user: LIV, groups: GROUPS });
  await approved(created);
  expect((await settled(created, { maxActions: 2 })).map(({ n }) => n)).toEqual([0, 1]);
  expect(await created.status()).toMatchObject({ status: "approved", counts: { pending: 1 } });
  await clock.advance(1);
  const again = await batches.open(created.batchId);
  expect(again.operation).toBe("addMember");
  expect((await settled(again)).map(({ n }) => n)).toEqual([2]);
  await expect(batches.open("bat_none")).rejects.toMatchObject({ code: "batch_unknown" });
});

test("A chat that was named twice, by whatever names, is one item", async () => {
  await using desk = await batchDesk();
  const { id } = desk.sandbox.world.chat(LAB);
  const groups = [LAB, "Tidewater Lab", id, String(id), "t.me/tidewater_lab", "@who_is_that", "@who_is_that"];
  const batch = await desk.batches.addMember({ user: LIV, groups });
  expect((await batch.items()).map(({ target }) => target.title ?? target.asked)).toEqual([
    "Tidewater Lab",
    "@who_is_that",
  ]);
});
