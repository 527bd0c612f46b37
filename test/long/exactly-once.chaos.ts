import { expect, it } from "vitest";
import { runChaos } from "../support/chaos.js";

it("100 approved sends put 100 messages into the world, however often they are killed and cut off", async () => {
  const runs = await runChaos({ runs: 100, seed: 1, lanes: 2 });
  const sum = (of: "kills" | "drops"): number => runs.reduce((total, run) => total + run[of], 0);
  console.log(`${runs.length} runs, ${sum("kills")} processes killed, ${sum("drops")} connections cut`);
  expect(runs.map(({ copies }) => copies)).toEqual(Array.from({ length: 100 }, () => 1));
  expect(sum("kills")).toBeGreaterThan(50);
  expect(sum("drops")).toBeGreaterThan(20);
});
