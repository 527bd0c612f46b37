import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { openSessions, type Sessions } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { randomFrom } from "../support/random.js";
import { tempFolder } from "../support/temp-folder.js";
import { startWorker } from "../support/worker-process.js";

const MODES = ["shared", "exclusive", "off", "rewrite"] as const;

export interface RaceResult {
  readonly kills: number;
  /** How often each line was told. */
  readonly told: ReadonlyMap<string, number>;
  /** What went wrong in processes that were not killed. */
  readonly complaints: readonly string[];
  /** What stands in the folder at the end. */
  readonly files: readonly string[];
  /** How the session is at the end, and that somebody can have it alone at once. */
  readonly sessions: Sessions;
  readonly outcome: "removed" | Error;
  readonly problem: string | undefined;
}

export const WORKER = "../session/session-worker.mjs";

/** Processes that open, close and rewrite one session in all modes, while some of them are killed at any moment. */
export async function raceForSession(options: {
  readonly processes: number;
  readonly rounds: number;
  readonly seed: number;
}): Promise<RaceResult> {
  await using folder = await tempFolder();
  await using sandbox = await startSandbox();
  const random = randomFrom(options.seed);
  const base = sandbox.clientOptions();
  const dataDir = folder.path;
  const sessions = openSessions({ dataDir, sessions: { encryption: "none" } });
  await sessions.import("work", base.session);
  const told = new Map<string, number>();
  const complaints: string[] = [];
  let kills = 0;
  const runOne = async (index: number): Promise<void> => {
    const mode = MODES[index % MODES.length];
    const order = { options: { ...base, dataDir, session: "work" }, rounds: options.rounds, mode };
    const worker = startWorker(WORKER, [JSON.stringify(order)]);
    let left = random() < 0.5 ? 1 + Math.floor(random() * options.rounds) : Infinity;
    const wait = random() * 12;
    for await (const line of worker.lines) {
      told.set(line, (told.get(line) ?? 0) + 1);
      if (--left === 0) {
        setTimeout(() => {
          worker.kill();
        }, wait);
      }
    }
    const { code, complaint } = await worker.ended;
    if (code === null) kills++;
    else if (code !== 0) complaints.push(complaint);
  };
  await Promise.all(Array.from({ length: options.processes }, (_, index) => runOne(index)));
  const { problem } = await sessions.info("work");
  const files = await readdir(join(dataDir, "sessions"));
  const outcome = await sessions.remove("work").then(
    () => "removed" as const,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  return { kills, told, complaints, files, sessions, outcome, problem: problem?.message };
}
