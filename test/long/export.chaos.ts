import { expect, it } from "vitest";
import { runExportChaos } from "../support/export-chaos.js";
import { isWhole, share } from "./share.js";

const KILLS = share(200);

it(`exports that are killed ${KILLS} times, cut off and told to wait equal undisturbed ones byte for byte`, async () => {
  const runs = await runExportChaos({ kills: KILLS, seed: 7, lanes: 3 });
  const sum = (of: "kills" | "drops" | "floods"): number => runs.reduce((total, run) => total + run[of], 0);
  console.log(`${runs.length} exports, ${sum("kills")} kills, ${sum("drops")} drops, ${sum("floods")} floods`);
  expect(runs.filter(({ isSame }) => !isSame)).toEqual([]);
  expect(sum("kills")).toBeGreaterThanOrEqual(KILLS);
  expect(sum("drops")).toBeGreaterThan(share(20));
  expect(sum("floods")).toBeGreaterThan(isWhole ? 3 : 0);
});
