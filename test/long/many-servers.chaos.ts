import { expect, it } from "vitest";
import { startMany } from "../mcp/many-servers.js";

const SERVERS = 92;
const FIRST_READ_MS = 120_000;

it(`${SERVERS} servers that are started for one account at once`, async () => {
  const { listed, answered, excess, requests, orphans } = await startMany(SERVERS);
  const memory = answered.map(({ residentMb = NaN }) => residentMb).sort((a, b) => a - b);
  const slowest = Math.max(...answered.map(({ tookMs }) => tookMs));
  console.log(
    [
      `tools/list of all after ${Math.round(Math.max(...listed.map(({ atMs }) => atMs)))} ms`,
      `the slowest first read ${Math.round(slowest)} ms, ${requests} requests`,
      `resident ${Math.round(memory[0] ?? NaN)} to ${Math.round(memory.at(-1) ?? NaN)} MB each`,
    ].join("; "),
  );
  expect(listed).toHaveLength(SERVERS);
  expect(answered).toHaveLength(SERVERS);
  for (const { count, code, error, retryAfterMs, tookMs, pulses } of answered) {
    expect(tookMs).toBeLessThan(FIRST_READ_MS);
    if (tookMs > 10_000) expect(pulses).toBeGreaterThan(0);
    if (count === undefined)
      expect({ code, error, retryAfterMs }).toMatchObject({ code: "rate_limited", retryAfterMs: expect.any(Number) as number });
  }
  expect(excess).toBeLessThanOrEqual(0);
  expect(orphans).toEqual([]);
});
