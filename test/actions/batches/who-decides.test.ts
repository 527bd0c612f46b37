import { expect, test } from "vitest";
import { approvers, describeProposal, OperatorDesk, visible } from "tg-guarded";
import { batchDesk, COUNCIL, FAMILY, GATE, LAB, LIV } from "./batch-desk.js";

const OPEN = { requireAllowlist: false, unsafeOverride: true } as const;
const byOperator = { actions: { ...OPEN, approver: approvers.operator() } };

/** What the operator reads of the only question, line by line. */
async function readBy(store: ConstructorParameters<typeof OperatorDesk>[0]["store"]): Promise<readonly string[]> {
  const office = new OperatorDesk({ store });
  const [question] = await office.list();
  return describeProposal((await office.show(question?.actionId ?? "")).proposal).split("\n");
}

test("Every chat of a batch can be read, with its title, name, id and kind", async () => {
  await using desk = await batchDesk(byOperator);
  const { batches, store, client } = desk;
  const dialogs = await client.read.dialogs({ limit: 100 }).toArray();
  const people = await client.read.participants(LAB, { limit: 10 }).toArray();
  const chats = [...[...dialogs, ...people].map(({ id }) => id), "@nobody_there"];
  const batch = await batches.deleteMessages({ targets: chats.map((chat) => ({ chat, messageIds: [1] })) });
  const { targets } = await batch.preview();
  const pending = (await batch.items()).filter(({ status }) => status === "pending");
  expect(targets.map(({ id }) => id)).toEqual(pending.map(({ target }) => target.chat));
  expect(targets.length).toBeGreaterThan(20);
  await batch.approve(GATE);
  const lines = await readBy(store);
  const shown = lines.filter((line) => line.startsWith("From     "));
  expect(shown).toHaveLength(targets.length);
  targets.forEach(({ kind, title, id, username }, index) => {
    const name = username === undefined ? String(id) : `@${username}, ${id}`;
    expect(shown[index]).toContain(`${kind} "${visible(title).replaceAll("\n", "<U+000A>")}" (${name})`);
  });
  const left = (await batch.items()).filter(({ status }) => status !== "pending");
  expect(lines.filter((line) => line.startsWith("Warning  Left out:"))).toHaveLength(left.length);
});

test("Of a chat to leave one reads how many are in it and what the account is there, without a request", async () => {
  await using desk = await batchDesk(byOperator);
  const { sandbox, batches, store, client } = desk;
  await client.read.dialogs({ limit: 100 }).toArray();
  const batch = await batches.leaveDialog({ chats: [LAB, COUNCIL, FAMILY] });
  const before = sandbox.log.length;
  const { targets } = await batch.preview();
  await batch.approve(GATE);
  expect(sandbox.log.length).toBe(before);
  expect(targets).toMatchObject([{ ownRole: "creator" }, { ownRole: "admin" }, { kind: "group" }]);
  const [lab, , family] = targets;
  expect(family).not.toHaveProperty("ownRole");
  expect(lab?.participantsCount).toBeGreaterThan(1);
  const lines = await readBy(store);
  expect(lines.find((line) => line.includes("@tidewater_lab"))).toMatch(
    new RegExp(`, ${lab?.participantsCount} members, this account is its creator$`),
  );
});

test("A chat that is not known here any more is named", async () => {
  await using desk = await batchDesk(byOperator);
  const { batches, store, sandbox } = desk;
  const batch = await batches.addMember({ user: LIV, groups: [LAB, FAMILY] });
  const gone = sandbox.world.chat(FAMILY).id;
  const keys: string[] = [];
  for await (const [key] of store.entries("peer:")) if (key.endsWith(`:${gone}`)) keys.push(key);
  for (const key of keys) await store.update(key, () => ({ next: undefined, result: undefined }));
  await using fresh = await batchDesk(byOperator, desk);
  const { warnings, targets } = await (await fresh.batches.open(batch.batchId)).preview();
  expect(targets.map(({ title }) => title)).toEqual(["Tidewater Lab"]);
  expect(warnings.join()).toContain(`"Family 🏡" (${gone}) is not known here any more`);
});
