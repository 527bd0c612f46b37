import { expect, test } from "vitest";
import { approvers, describeProposal, OperatorDesk, type Guard, type StateStore } from "tg-guarded";
import type { Sandbox } from "tg-guarded/testing";
import { methodsOf } from "../../support/methods-of.js";
import { approved, batchDesk, GATE, LAB, NEIGHBOURS, settled } from "./batch-desk.js";

const post = (sandbox: Sandbox, chat: string, count: number, text = "Old"): number[] =>
  Array.from({ length: count }, (_, n) => sandbox.world.post(chat, { text: `${text} ${n}`, from: "@mira_halvorsen" }));

const texts = (sandbox: Sandbox, chat: string, ids: readonly number[]) =>
  ids.map((id) => sandbox.world.chat(chat).byId(id)?.text);

async function dump(store: StateStore): Promise<string> {
  const all: unknown[] = [];
  for await (const entry of store.entries("")) all.push(entry);
  return JSON.stringify(all);
}

const OPEN = { requireAllowlist: false, unsafeOverride: true } as const;

test("Whoever decides sees for each chat how many messages go, how many are gone, and how they begin", async () => {
  await using desk = await batchDesk({ actions: { ...OPEN, approver: approvers.operator() } });
  const { sandbox, batches, store } = desk;
  const [lab, home] = [post(sandbox, LAB, 12), post(sandbox, NEIGHBOURS, 2, "A long story ".repeat(10))];
  sandbox.world.delete(LAB, lab.slice(0, 1));
  const targets = [
    { chat: LAB, messageIds: lab },
    { chat: NEIGHBOURS, messageIds: home },
  ];
  const batch = await batches.deleteMessages({ targets, maxIdsPerAction: 5 });
  const preview = await batch.preview();
  expect(preview.summary).toContain("12 messages, 1 of them no longer there");
  expect(preview.targets).toMatchObject([
    { title: "Tidewater Lab", role: "from", deletes: { count: 12, gone: 1 } },
    { title: NEIGHBOURS, role: "from", deletes: { count: 2, gone: 0 } },
  ]);
  const [first, second] = preview.targets;
  expect(first?.deletes?.messages.map(({ id, text }) => [id, text])).toEqual(
    lab.slice(1, 11).map((id, index) => [id, `Old ${index + 1}`]),
  );
  expect(second?.deletes?.messages[0]).toMatchObject({
    text: "A long story ".repeat(10).slice(0, 60),
    moreCharacters: 72,
  });

  await batch.approve(GATE);
  const office = new OperatorDesk({ store });
  const [question] = await office.list();
  const lines = describeProposal((await office.show(question?.actionId ?? "")).proposal).split("\n");
  const at = lines.findIndex((line) => line.startsWith('From     supergroup "Tidewater Lab" (@tidewater_lab, '));
  expect(lines[at]).toMatch(/, 12 messages, 1 of them no longer there$/);
  expect(lines[at + 1]).toBe(`  | ${lab[1]} by Mira Halvorsen: "Old 1"`);
  expect(lines[at + 11]).toBe("  | and 1 more");
  expect(lines[at + 12]).toMatch(/^From {5}group "Kastanienhof neighbours 🌳" \(-\d+\), 2 messages$/);
  expect(lines[at + 13]).toMatch(/: "A long story .*…"$/);
});

test("What was edited since is not deleted: its item ends and says why, the others go on", async () => {
  await using desk = await batchDesk();
  const { sandbox, batches } = desk;
  const ids = post(sandbox, LAB, 4);
  const batch = await approved(
    await batches.deleteMessages({ targets: [{ chat: LAB, messageIds: ids }], maxIdsPerAction: 2 }),
  );
  sandbox.world.edit(LAB, ids[3] ?? 0, "Not what was approved");
  expect((await settled(batch)).map(({ status, code }) => [status, code])).toEqual([
    ["success", undefined],
    ["failed", "edited_since"],
  ]);
  expect(texts(sandbox, LAB, ids)).toEqual([undefined, undefined, "Old 2", "Not what was approved"]);
});

test("What is edited between the last look and the deletion is not deleted either", async () => {
  const watched: { edit: () => void; readings: number } = { edit: () => undefined, readings: 0 };
  const meddle: Guard = (call, next) => {
    if (call.method === "channels.getMessages" && ++watched.readings === 3) watched.edit();
    return next(call);
  };
  await using desk = await batchDesk({ guards: { perAttempt: [meddle] } });
  const { sandbox, batches } = desk;
  const ids = post(sandbox, LAB, 1);
  watched.edit = () => {
    sandbox.world.edit(LAB, ids[0] ?? 0, "Edited in the middle");
  };
  const batch = await approved(await batches.deleteMessages({ targets: [{ chat: LAB, messageIds: ids }] }));
  expect(await settled(batch)).toMatchObject([{ status: "failed", code: "edited_since" }]);
  expect(texts(sandbox, LAB, ids)).toEqual(["Edited in the middle"]);
});

test("What came under an id that was empty is not deleted, and what is gone meanwhile does not matter", async () => {
  await using desk = await batchDesk();
  const { sandbox, batches } = desk;
  const ids = post(sandbox, LAB, 3);
  const next = (ids[2] ?? 0) + 1;
  const targets = [{ chat: LAB, messageIds: [...ids, next] }];
  const batch = await approved(await batches.deleteMessages({ targets, maxIdsPerAction: 2 }));
  sandbox.world.delete(LAB, ids.slice(0, 1));
  expect(post(sandbox, LAB, 1, "New")).toEqual([next]);
  expect(await settled(batch)).toMatchObject([{ status: "success" }, { status: "failed", code: "edited_since" }]);
  expect(texts(sandbox, LAB, [...ids, next])).toEqual([undefined, undefined, "Old 2", "New 0"]);
});

test("Contents are read a hundred ids a request, however small the items, and never stored", async () => {
  await using desk = await batchDesk();
  const { sandbox, batches, store } = desk;
  const ids = post(sandbox, LAB, 3, "Secret words");
  const messageIds = [...ids, ...Array.from({ length: 147 }, (_, n) => 1_000_000 + n)];
  await batches.deleteMessages({ targets: [{ chat: LAB, messageIds: ids }] });
  const creating = () => batches.deleteMessages({ targets: [{ chat: LAB, messageIds }], maxIdsPerAction: 1 });
  expect(await methodsOf(sandbox, creating)).toEqual(["channels.getMessages", "channels.getMessages"]);
  expect(await dump(store)).not.toContain("Secret words");
  expect((await batches.list()).map(({ itemCount }) => itemCount).sort()).toEqual([1, 150]);
});

test("Another program reads the first messages of each chat once, and tells what was edited since", async () => {
  await using desk = await batchDesk();
  await using other = await batchDesk({}, desk);
  const { sandbox, batches } = desk;
  const [lab, home] = [post(sandbox, LAB, 3), post(sandbox, NEIGHBOURS, 1)];
  const targets = [
    { chat: LAB, messageIds: lab },
    { chat: NEIGHBOURS, messageIds: home },
  ];
  const batch = await batches.deleteMessages({ targets });
  expect(await methodsOf(sandbox, () => batch.preview())).toEqual([]);
  sandbox.world.edit(LAB, lab[1] ?? 0, "Something else");
  sandbox.world.delete(LAB, lab.slice(2));
  const same = await other.batches.open(batch.batchId);
  expect(await methodsOf(sandbox, () => same.preview())).toEqual(["channels.getMessages", "messages.getMessages"]);
  expect(await methodsOf(sandbox, () => same.approve(GATE))).toEqual([]);
  const { targets: shown, warnings } = await same.preview();
  expect(shown[0]?.deletes).toMatchObject({ count: 3, gone: 1, messages: [{ id: lab[0], text: "Old 0" }] });
  expect(warnings.join()).toMatch(
    new RegExp(`Edited since the batch was created, in supergroup "Tidewater Lab" .*: ${lab[1]}\\.`),
  );
});
