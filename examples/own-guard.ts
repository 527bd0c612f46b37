// A guard is one function around a call. This one keeps a working day: outside of it nothing is written.
import { approvers, GuardedClient, GuardError, memoryStore, type Guard } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";

const officeHours =
  (hour: () => number): Guard =>
  (call, next) => {
    if (call.kind === "read" || (hour() >= 9 && hour() < 17)) return next(call);
    throw new GuardError("write_denied", "Nothing is written outside office hours.", {
      details: { method: call.method },
      nextStep: "Come back between 9 and 17 o'clock.",
    });
  };

let hour = 22;
await using sandbox = await startSandbox();
await using client = await GuardedClient.open({
  ...sandbox.clientOptions(),
  store: memoryStore(),
  guards: { around: [officeHours(() => hour)] },
  actions: { allow: ["@tidewater_lab"], approver: approvers.callback(() => true) },
});

const preview = await client.actions.sendMessage({ chat: "@tidewater_lab", text: "Good morning" });
await preview.execute().catch((error: unknown) => {
  console.log(`at ${hour}: ${error instanceof Error ? error.message : String(error)}`);
});
hour = 9;
const outcome = await preview.execute();
if (outcome.status === "done") console.log(`at ${hour}: sent as message ${outcome.result.messageId}`);
