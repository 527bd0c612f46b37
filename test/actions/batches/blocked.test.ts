import { expect, test } from "vitest";
import { approvers, type Batch } from "tg-guarded";
import {
  ADDING,
  approved,
  batchDesk,
  carriedOut,
  COUNCIL,
  FAMILY,
  LAB,
  LIV,
  NEIGHBOURS,
  settled,
} from "./batch-desk.js";

const yes = approvers.callback(() => true);
const told = async (batch: Batch) => (await batch.items()).map(({ status, code }) => [status, code]);

test("What cannot be found, is not allowed or is of the wrong kind is an item that says so, and the rest goes on", async () => {
  await using desk = await batchDesk({ actions: { approver: yes, allow: [LAB, "@jonas_lq"] } });
  const groups = [LAB, NEIGHBOURS, "@jonas_lq", "@nobody_of_that_name", "No such title", -100123456789012, "@x"];
  const batch = await desk.batches.addMember({ user: LIV, groups });
  expect(await told(batch)).toEqual([
    ["pending", undefined],
    ["blocked_policy", "not_allowed"],
    ["failed", "input_invalid"],
    ["failed", "chat_not_found"],
    ["failed", "chat_not_found"],
    ["failed", "chat_not_found"],
    ["failed", "input_invalid"],
  ]);
  expect((await batch.preview()).targets.map(({ title }) => title)).toEqual(["Tidewater Lab"]);
  await approved(batch);
  expect(await settled(batch)).toMatchObject([{ n: 0, status: "success" }]);
  expect(await batch.status()).toMatchObject({
    status: "completed",
    counts: { success: 1, blocked_policy: 1, failed: 5 },
  });
});

test("A batch of which nothing can be done is over at once", async () => {
  await using desk = await batchDesk({ actions: { approver: yes, allow: [LAB] } });
  const batch = await desk.batches.leaveDialog({ chats: [FAMILY, LIV] });
  expect(await batch.status()).toMatchObject({ status: "completed" });
  await expect(batch.preview()).rejects.toMatchObject({ code: "batch_over" });
});

test("A policy of one's own is asked at creation and again for each item when its turn comes", async () => {
  const refused = new Set([FAMILY]);
  await using desk = await batchDesk({
    actions: {
      approver: yes,
      allow: [LAB, idOf(FAMILY), idOf(NEIGHBOURS)],
      policies: [
        ({ operation, targets }) => {
          if (operation === "addMember" && targets.some(({ title }) => refused.has(title))) throw new Error("not them");
        },
      ],
    },
  });
  const batch = await desk.batches.addMember({ user: LIV, groups: [LAB, FAMILY, NEIGHBOURS] });
  expect(await told(batch)).toEqual([
    ["pending", undefined],
    ["blocked_policy", "policy_refused"],
    ["pending", undefined],
  ]);
  await approved(batch);
  refused.add(NEIGHBOURS);
  expect((await settled(batch)).map(({ status, code }) => [status, code])).toEqual([
    ["success", undefined],
    ["blocked_policy", "policy_refused"],
  ]);
  expect(carriedOut(desk.sandbox, ADDING)).toBe(1);
});

/** The ids of the demo world's groups, which have no @name to be allowed by. */
function idOf(title: string): number {
  return title === FAMILY ? -4_210_300 : -4_210_301;
}

test("Each refusal of Telegram's ends its own item", async () => {
  await using desk = await batchDesk();
  const { sandbox, batches } = desk;
  sandbox.world.setPrivacy("@fatima_bakes", { invitations: "nobody" });
  const adding = await approved(await batches.addMember({ user: "@fatima_bakes", groups: [FAMILY, LAB] }));
  expect((await settled(adding)).map(({ status, code }) => [status, code])).toEqual([
    ["blocked_rights", "USER_PRIVACY_RESTRICTED"],
    ["blocked_rights", "USER_PRIVACY_RESTRICTED"],
  ]);
  sandbox.faults.add({ method: "channels.inviteToChannel", nth: 1, error: "USERS_TOO_MUCH" });
  const full = await approved(await batches.addMember({ user: LIV, groups: [LAB, NEIGHBOURS] }));
  expect((await settled(full)).map(({ status, code }) => [status, code])).toEqual([
    ["failed", "USERS_TOO_MUCH"],
    ["success", undefined],
  ]);
  const leaving = await approved(await batches.leaveDialog({ chats: [LAB, COUNCIL] }));
  expect((await settled(leaving)).map(({ status, code }) => [status, code])).toEqual([
    ["blocked_rights", "USER_CREATOR"],
    ["success", undefined],
  ]);
});

test("Without actions nothing is created, and a batch has at least one item and a person to add", async () => {
  await using off = await batchDesk({ actions: { enabled: false, allow: [LAB] } });
  await expect(off.batches.addMember({ user: LIV, groups: [LAB] })).rejects.toMatchObject({ code: "write_denied" });
  await expect(off.batches.leaveDialog({ chats: [COUNCIL] })).rejects.toMatchObject({ code: "write_denied" });
  await using desk = await batchDesk();
  await expect(desk.batches.leaveDialog({ chats: [] })).rejects.toMatchObject({ code: "input_invalid" });
  await expect(desk.batches.addMember({ user: FAMILY, groups: [LAB] })).rejects.toMatchObject({
    code: "input_invalid",
  });
  expect(await desk.batches.list()).toEqual([]);
});
