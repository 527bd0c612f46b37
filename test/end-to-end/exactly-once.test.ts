import { describe, expect, it } from "vitest";
import { runChaos } from "../support/chaos.js";

describe("an approved send", () => {
  it("puts one message into the world, however its process is killed and its connection cut", async () => {
    const runs = await runChaos({ runs: 12, seed: 20_240 });
    expect(runs.map(({ copies }) => copies)).toEqual(Array.from({ length: 12 }, () => 1));
    expect(runs.some(({ kills }) => kills > 0)).toBe(true);
    expect(runs.some(({ drops }) => drops > 0)).toBe(true);
  }, 120_000);
});
