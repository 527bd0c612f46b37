// Carries out one approved send in a process of its own, from the built package. Its order comes on stdin.
import { json } from "node:stream/consumers";
import { approvers, GuardedClient } from "../../dist/index.js";
import { sqliteStore } from "../../dist/sqlite.js";

const { options, path, text, code, chat } = await json(process.stdin);
const store = sqliteStore({ path });
const client = await GuardedClient.open({
  ...options,
  store,
  actions: { allow: [chat], approver: approvers.code({ minAgeMs: 0 }), leaseMs: 1000 },
});
try {
  const outcome = await client.actions.sendMessage(
    { chat, text },
    { confirm: true, confirmationText: "send it", approvalCode: code },
  );
  console.log(JSON.stringify(outcome));
} catch (error) {
  console.error(`${text}: ${error.code ?? error}`);
  process.exitCode = 1;
} finally {
  await client.close();
  await store.close();
}
