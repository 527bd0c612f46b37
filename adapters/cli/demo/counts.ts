import type { GuardedClient } from "tg-guarded";
import type { Sandbox } from "tg-guarded/testing";
import { say } from "./paint.js";

/** What the guards counted, beside what the server saw. */
export function showCounts(client: GuardedClient, sandbox: Sandbox): void {
  say.step("What the guards counted");
  const { requests, requestsByMethod, failures, throttled, waitedMs } = client.metrics.snapshot();
  for (const [method, count] of Object.entries(requestsByMethod)) say.fact(`${String(count).padStart(3)} ${method}`);
  say.fact(`Refused: ${failures["write_denied"] ?? 0}. Waits: ${throttled}, ${(waitedMs / 1000).toFixed(1)} s in all.`);
  say.good(`${requests} requests left, ${sandbox.log.length} arrived: nothing went beside the guards`);
}
