import { expect, it } from "vitest";
import { runExportChaos } from "../support/export-chaos.js";

it("exports that are killed 200 times, cut off and told to wait equal undisturbed ones byte for byte", async () => {
  const runs = await runExportChaos({ kills: 200, seed: 7, lanes: 3 });
  const sum = (of: "kills" | "drops" | "floods"): number => runs.reduce((total, run) => total + run[of], 0);
  console.log(`${runs.length} exports, ${sum("kills")} kills, ${sum("drops")} drops, ${sum("floods")} floods`);
  expect(runs.filter(({ isSame }) => !isSame)).toEqual([]);
  expect(sum("kills")).toBeGreaterThanOrEqual(200);
  expect(sum("drops")).toBeGreaterThan(20);
  expect(sum("floods")).toBeGreaterThan(3);
});
