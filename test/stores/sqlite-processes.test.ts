import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { sqliteStore } from "tg-guarded/sqlite";
import { startWorker, type WorkerProcess } from "../support/worker-process.js";
import { tempFolder } from "../support/temp-folder.js";

const temporary = await tempFolder();
const folder = temporary.path;
afterAll(() => temporary[Symbol.asyncDispose]());

const worker = (path: string, times: number, durability: "durable" | "fast"): WorkerProcess =>
  startWorker("sqlite-worker.mjs", [path, "counter", String(times), durability]);

async function sumIn(path: string): Promise<number> {
  const store = sqliteStore({ path });
  const sum = await store.update<number, number>("counter", (current = 0) => ({ next: current, result: current }));
  await store.close();
  return sum;
}

async function linesOf({ lines }: WorkerProcess): Promise<number[]> {
  const all: number[] = [];
  for await (const line of lines) all.push(Number(line));
  return all;
}

test("Eight processes that open a new file at the same moment count 500 each to 4,000 exactly", async () => {
  const path = join(folder, "eight.sqlite");
  const workers = Array.from({ length: 8 }, (_, index) => worker(path, 500, index % 4 === 0 ? "durable" : "fast"));

  const seen = await Promise.all(workers.map(linesOf));

  for (const { ended } of workers) expect(await ended).toEqual({ code: 0, complaint: "" });
  expect(await sumIn(path)).toBe(4000);
  expect(new Set(seen.flat()).size).toBe(4000);
});

test("Processes that start together agree on one generation, again and again", async () => {
  for (let round = 0; round < 4; round++) {
    const path = join(folder, `together-${round}.sqlite`);
    const workers = Array.from({ length: 8 }, () => worker(path, 1, "fast"));
    for (const { ended } of workers) expect(await ended).toEqual({ code: 0, complaint: "" });
    expect(await sumIn(path)).toBe(8);
  }
});

test("A process that is killed at work loses no committed update and leaves no lock", async () => {
  const path = join(folder, "killed.sqlite");
  let told = 0;
  for (const durability of ["durable", "fast"] as const) {
    const victim = worker(path, 1_000_000, durability);
    let seen = 0;
    for await (const line of victim.lines) {
      told = Number(line);
      if (++seen === 100) victim.kill();
    }
    expect((await victim.ended).code).toBeNull();

    const sum = await sumIn(path);
    expect(sum).toBeGreaterThanOrEqual(told);
    // At most one commit can have happened that nobody was told of.
    expect(sum).toBeLessThanOrEqual(told + 1);
    told = sum;
  }

  const survivor = worker(path, 10, "durable");
  expect(await linesOf(survivor)).toEqual(Array.from({ length: 10 }, (_, index) => told + index + 1));
});

test("A process that is killed does not hold up one that works beside it", async () => {
  const path = join(folder, "beside.sqlite");
  const survivor = worker(path, 300, "durable");
  const victim = worker(path, 1_000_000, "durable");
  let seen = 0;
  const watched = (async () => {
    for await (const line of victim.lines) if (line !== "" && ++seen === 20) victim.kill();
  })();
  const [lines] = await Promise.all([linesOf(survivor), watched]);
  expect(lines).toHaveLength(300);
  expect((await survivor.ended).code).toBe(0);
});
