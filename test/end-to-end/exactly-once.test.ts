import { expect, it } from "vitest";
import { runChaos } from "../support/chaos.js";

it("Approved writes of every kind are done exactly once, however their processes are killed and cut off", async () => {
  const { faults, unknowns, kills, drops, floods } = await runChaos({ rounds: 1, seed: 20_240, mercyAfter: 9 });
  expect(faults).toEqual([]);
  expect(unknowns).toEqual([]);
  expect(kills).toBeGreaterThan(5);
  expect(drops + floods).toBeGreaterThan(1);
});
