// Carries out one approved send up to the moment before it would leave, and is gone. From the built package.
import { json } from "node:stream/consumers";
import { approvers, GuardedClient } from "../../dist/index.js";
import { sqliteStore } from "../../dist/sqlite.js";

const { options, path, input, code } = await json(process.stdin);
const die = (call, next) => {
  if (call.method === "messages.sendMessage") process.kill(process.pid, "SIGKILL");
  return next(call);
};
const client = await GuardedClient.open({
  ...options,
  store: sqliteStore({ path }),
  guards: { perAttempt: [die] },
  actions: { allow: [input.chat], approver: approvers.code({ minAgeMs: 0 }), leaseMs: 1000 },
});
await client.actions.sendMessage(input, { confirm: true, confirmationText: "send it", approvalCode: code });
