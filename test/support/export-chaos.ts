import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { startSandbox, type FaultRule, type Sandbox } from "tg-guarded/testing";
import { runCli, startCli } from "./cli.js";
import { randomFrom } from "./random.js";
import { tempFolder } from "./temp-folder.js";

export interface ExportChaos {
  readonly what: string;
  /** The file equals that of a run that nobody disturbed, byte for byte. */
  readonly isSame: boolean;
  readonly kills: number;
  readonly drops: number;
  readonly floods: number;
}

export interface ExportChaosOptions {
  /** Processes to kill before it ends, in all lanes together. */
  readonly kills: number;
  readonly seed: number;
  /** @defaultValue 1 */
  readonly lanes?: number;
}

const MESSAGES = 1500;
const PARTICIPANTS = 1200;
/** After so many kills an export is left in peace. */
const MERCY = 8;

/** What is exported, and how its file ends. */
const EXPORTS = [
  [["messages", "@generated"], "jsonl"],
  [["messages", "@generated", "--format", "telegram-desktop"], "json"],
  [["messages", "@generated"], "csv"],
  [["messages", "@generated", "--limit", "850"], "md"],
  [["messages", "@generated", "--takeout"], "json"],
  [["participants", "@generated"], "csv"],
] as const;

/** Exports that are killed, cut off and told to wait until enough were killed, each compared with an undisturbed one. */
export async function runExportChaos({ kills, seed, lanes = 1 }: ExportChaosOptions): Promise<ExportChaos[]> {
  const each = Array.from({ length: lanes }, (_, lane) => runLane(Math.ceil(kills / lanes), seed + lane));
  return (await Promise.all(each)).flat();
}

async function runLane(kills: number, seed: number): Promise<ExportChaos[]> {
  const random = randomFrom(seed);
  await using folder = await tempFolder();
  const world = { generated: { messages: MESSAGES, participants: PARTICIPANTS } };
  await using sandbox = await startSandbox({ world });
  const truths = new Map<number, string>();
  const done: ExportChaos[] = [];
  for (let run = 0; done.reduce((sum, one) => sum + one.kills, 0) < kills; run++) {
    const which = run % EXPORTS.length;
    const [args, extension] = EXPORTS[which] ?? EXPORTS[0];
    const begin = async (name: string): Promise<Run> => {
      const info = folder.file(`${name}.info.json`);
      await writeFile(info, JSON.stringify(sandbox.info));
      const out = folder.file(`${name}.${extension}`);
      // Each run has a data folder of its own: the floods of one must not open the circuit for the next.
      return { args: ["export", ...args, "--out", out, "--quiet"], out, env: { TG_SANDBOX: info, RATE_RPS: "1000" } };
    };
    if (!truths.has(which)) truths.set(which, await undisturbed(sandbox, await begin(`truth-${which}`)));
    const figures = await disturbed(sandbox, await begin(`run-${run}`), random);
    done.push({ what: args.join(" "), ...figures, isSame: figures.text === truths.get(which) });
  }
  return done;
}

interface Run {
  readonly args: readonly string[];
  readonly out: string;
  readonly env: Readonly<Record<string, string>>;
}

async function undisturbed(sandbox: Sandbox, { args, out, env }: Run): Promise<string> {
  sandbox.faults.set([]);
  const { exitCode, stderr } = await runCli(args, env);
  if (exitCode !== 0) throw new Error(stderr);
  return readFile(out, "utf8");
}

async function disturbed(sandbox: Sandbox, { args, out, env }: Run, random: () => number) {
  const before = sandbox.log.length;
  sandbox.faults.set(faultsOf(random));
  let kills = 0;
  for (;;) {
    const child = startCli(args, env);
    let complaint = "";
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
    child.stdout.resume();
    const stop = kills < MERCY ? killAtRandomPoint(sandbox, child, random) : () => undefined;
    const [exitCode, signal] = (await once(child, "close")) as [number | null, string | null];
    stop();
    if (signal === "SIGKILL") kills++;
    else if (exitCode === 0) break;
    else throw new Error(complaint);
  }
  const outcomes = sandbox.log.slice(before).map(({ outcome }) => outcome);
  const count = (wanted: (outcome: string) => boolean): number => outcomes.filter(wanted).length;
  return {
    text: await readFile(out, "utf8"),
    kills,
    drops: count((outcome) => outcome === "dropped"),
    floods: count((outcome) => outcome.startsWith("FLOOD_WAIT")),
  };
}

/** Few enough that the circuit stays closed. */
function faultsOf(random: () => number): FaultRule[] {
  const nth = (): number => 2 + Math.floor(random() * 14);
  const drops = Array.from({ length: 2 }, (): FaultRule => ({
    method: "*",
    nth: nth(),
    drop: random() < 0.5 ? "before" : "after",
  }));
  return random() < 0.4 ? [...drops, { method: "*", nth: nth(), error: "FLOOD_WAIT_1" }] : drops;
}

/** Some time after a request arrived: before its answer, while a page is written, or before the next one is asked for. */
function killAtRandomPoint(sandbox: Sandbox, child: ChildProcess, random: () => number): () => void {
  let left = 1 + Math.floor(random() * 9);
  let timer: NodeJS.Timeout | undefined;
  const forget = sandbox.onRequest(() => {
    if (--left === 0) timer = setTimeout(() => child.kill("SIGKILL"), random() * 25);
  });
  return () => {
    forget();
    clearTimeout(timer);
  };
}
