import { expect, it } from "vitest";
import { runChaos } from "../support/chaos.js";
import { isWhole, share } from "./share.js";

const OPERATIONS = [
  ...["sendMessage", "sendFile", "editMessage", "deleteMessages", "clearHistory", "forwardMessages", "leaveDialog"],
  ...["joinChat", "addMember", "removeMember", "migrateMember", "pinMessage", "react", "markRead", "saveDraft"],
  ...["addMemberBatch", "deleteMessagesBatch", "leaveDialogBatch"],
];
const SEED = 1;

const ROUNDS = 14;
const ORDERS = 500;

it(`${share(ORDERS)} approved writes of every kind are done exactly once, however their processes are killed and cut off`, async () => {
  const result = await runChaos({ rounds: share(ROUNDS), seed: SEED, lanes: 3 });
  const { orders, processes, kills, drops, floods, killsUnderWay, unknowns, faults } = result;
  console.log(
    `Seed ${SEED}: ${orders} orders, ${processes} processes, ${kills} killed, ${drops} connections cut, ${floods} floods;`,
    `${unknowns.length} unknown ${JSON.stringify(unknowns)}; killed in the midst of ${JSON.stringify(killsUnderWay)}`,
  );
  expect(faults).toEqual([]);
  expect(orders).toBeGreaterThanOrEqual(share(ORDERS));
  expect(kills).toBeGreaterThanOrEqual(share(120));
  expect(drops).toBeGreaterThanOrEqual(share(40) - 1);
  // A part of the rounds need not meet each of them.
  if (isWhole) expect(OPERATIONS.filter((operation) => killsUnderWay[operation] === undefined)).toEqual([]);
  // Within the replay window everything can be found out.
  expect(unknowns).toEqual([]);
});
