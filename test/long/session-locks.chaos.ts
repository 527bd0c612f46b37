import { describe, expect, it } from "vitest";
import { raceForSession } from "../session/lock-race.js";

describe("twenty processes on one session", () => {
  it.each([1, 2, 3])("damage nothing and block nobody, whoever is killed (seed %i)", async (seed) => {
    const { kills, told, complaints, outcome, problem } = await raceForSession({ processes: 20, rounds: 40, seed });
    console.log(`${kills} processes were killed; ${[...told].map(([line, count]) => `${line}: ${count}`).join(", ")}`);
    expect(complaints).toEqual([]);
    expect(problem).toBeUndefined();
    expect(outcome).toBe("removed");
    expect(kills).toBeGreaterThan(3);
    expect(told.get("not alone")).toBeUndefined();
  });
});
