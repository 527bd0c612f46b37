import { expect, it } from "vitest";
import { runExportChaos } from "../support/export-chaos.js";

it("an export that is killed again and again goes on where it was, and its file equals an undisturbed one", async () => {
  const runs = await runExportChaos({ kills: 14, seed: 3 });
  expect(runs.filter(({ isSame }) => !isSame)).toEqual([]);
  expect(runs.some(({ drops }) => drops > 0)).toBe(true);
}, 180_000);
