// Runs a batch up to a request that leaves a chat, and is gone before or after it was carried out. From the built package.
import { approvers, GuardedClient } from "../../../dist/index.js";
import { sqliteStore } from "../../../dist/sqlite.js";

const { options, path, batchId, nth, when } = JSON.parse(process.argv[2]);
let left = nth;
const die = async (call, next) => {
  const isLast = /leaveChannel|deleteChatUser/.test(call.method) && --left === 0;
  if (isLast && when === "before") process.kill(process.pid, "SIGKILL");
  const answer = await next(call);
  if (isLast) process.kill(process.pid, "SIGKILL");
  return answer;
};
const client = await GuardedClient.open({
  ...options,
  store: sqliteStore({ path }),
  guards: { perAttempt: [die] },
  actions: {
    approver: approvers.callback(() => true),
    requireAllowlist: false,
    unsafeOverride: true,
    batchRunLeaseMs: 1000,
  },
});
const batch = await client.actions.batches.open(batchId);
for await (const item of batch.run()) console.log(item.n);
