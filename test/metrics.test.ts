import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { expect, it } from "vitest";
import { GuardedClient, memoryStore, type GuardEvents } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";

it("the metrics tell what was asked, in Prometheus' text, and nothing of what was said", async () => {
  await using sandbox = await startSandbox({
    faults: [{ method: "messages.getHistory", nth: 2, error: "FLOOD_WAIT_1" }],
  });
  const limits = { perSecond: 1000 };
  await using client = await GuardedClient.open({ ...sandbox.clientOptions(), store: memoryStore(), limits });
  const traced: string[] = [];
  const waits: GuardEvents["wait"][] = [];
  const onStart = (message: unknown): void => {
    traced.push((message as { method: string }).method);
  };
  const onWait = (message: unknown): void => {
    waits.push(message as GuardEvents["wait"]);
  };
  subscribe("tracing:tg-guarded:call:start", onStart);
  subscribe("tg-guarded:wait", onWait);
  const messages = await client.read.messages("@tidewater_lab").toArray({ limit: 250 });
  unsubscribe("tracing:tg-guarded:call:start", onStart);
  unsubscribe("tg-guarded:wait", onWait);

  expect(traced).toEqual([
    "contacts.resolveUsername",
    "messages.getHistory",
    "messages.getHistory",
    "messages.getHistory",
  ]);
  expect(waits).toEqual([
    {
      method: "messages.getHistory",
      reason: "retry",
      waitMs: 2000,
      text: "Telegram asks to wait 1 s for messages.getHistory",
    },
  ]);
  const text = await client.metrics.prometheus();
  expect(text).toContain('tg_guarded_requests_total{method="messages.getHistory"} 4');
  expect(text).toContain("tg_guarded_flood_waits_total 1");
  expect(text).toContain('tg_guarded_call_seconds_bucket{le="+Inf"} 5');
  expect(text).toContain("tg_guarded_call_seconds_count 5");
  const spoken = messages.map((message) => message.text).filter((line) => line.length > 3);
  const told = text + JSON.stringify([waits, traced, client.metrics.snapshot()]);
  expect(spoken.filter((line) => told.includes(line))).toEqual([]);
});
