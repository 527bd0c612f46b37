import { expect, it } from "vitest";
import { startSandbox } from "../../src/sandbox/index.js";
import { besiege } from "../sandbox/hostile-clients.js";

const RUNS = 1500;

it("thousands of hostile frames leave the sandbox as it was", async () => {
  await using sandbox = await startSandbox();
  const first = await besiege(sandbox, RUNS);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const second = await besiege(sandbox, RUNS);
  globalThis.gc?.();
  const grownMb = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  console.log(`${first + second} frames, the heap has grown by ${grownMb.toFixed(0)} MB`);
  expect(grownMb).toBeLessThan(150);
  expect(sandbox.problems).toEqual([]);
  await expect.poll(() => sandbox.connections).toBe(0);
});
