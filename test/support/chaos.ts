import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { approvers, GuardedClient } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { startSandbox, type FaultRule, type Sandbox } from "tg-guarded/testing";
import { randomFrom } from "./random.js";

export interface ChaosRun {
  /** How many messages with this run's text the world has at the end. */
  readonly copies: number;
  readonly kills: number;
  readonly drops: number;
}

export interface ChaosOptions {
  readonly runs: number;
  /** The same seed kills at the same points, as far as the machine allows. */
  readonly seed: number;
  /** How many go on at the same time. @defaultValue 1 */
  readonly lanes?: number;
}

const CHAT = "@tidewater_lab";
const WORKER = fileURLToPath(new URL("./send-worker.mjs", import.meta.url));
/** More attempts than any run can need: a run that takes them all has failed. */
const ATTEMPTS = 12;

/**
 * Approves a send, then carries it out in processes that are killed, over connections that are cut, until one reports it
 * done; so many times, in lanes that each have a sandbox of their own.
 */
export async function runChaos({ runs, seed, lanes = 1 }: ChaosOptions): Promise<ChaosRun[]> {
  const folder = await mkdtemp(join(tmpdir(), "tg-guarded-chaos-"));
  try {
    const each = Array.from({ length: lanes }, (_, lane) => runLane(folder, Math.ceil(runs / lanes), seed + lane));
    return (await Promise.all(each)).flat();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runLane(folder: string, runs: number, seed: number): Promise<ChaosRun[]> {
  const random = randomFrom(seed);
  await using sandbox = await startSandbox();
  const done: ChaosRun[] = [];
  for (let run = 0; run < runs; run++) {
    done.push(await oneRun(sandbox, join(folder, `${seed}-${run}.sqlite`), `Run ${run} of lane ${seed}`, random));
  }
  return done;
}

async function oneRun(sandbox: Sandbox, path: string, text: string, random: () => number): Promise<ChaosRun> {
  const code = await approve(sandbox, path, text);
  const order = JSON.stringify({ options: sandbox.clientOptions(), path, text, code, chat: CHAT });
  let kills = 0;
  const before = sandbox.log.length;
  sandbox.faults.set(faultsOf(random));
  for (let attempt = 1; ; attempt++) {
    const mercy = attempt > 3;
    const worker = spawn(process.execPath, [WORKER], { stdio: ["pipe", "pipe", "inherit"] });
    worker.stdin.end(order);
    const stop = mercy ? () => undefined : killAtRandomPoint(sandbox, worker, random);
    const [exitCode, signal] = (await once(worker, "exit")) as [number | null, string | null];
    stop();
    if (signal === "SIGKILL") kills++;
    else if (exitCode === 0) break;
    if (attempt === ATTEMPTS) throw new Error(`${text}: not done after ${ATTEMPTS} attempts`);
  }
  sandbox.faults.set([]);
  const copies = [...sandbox.world.chat(CHAT).messages()].filter((message) => message.text === text).length;
  const drops = sandbox.log.slice(before).filter(({ outcome }) => outcome === "dropped").length;
  return { copies, kills, drops };
}

async function approve(sandbox: Sandbox, path: string, text: string): Promise<string> {
  const store = sqliteStore({ path });
  const approver = approvers.code({ minAgeMs: 0 });
  const actions = { allow: [CHAT], approver };
  const client = await GuardedClient.open({ ...sandbox.clientOptions(), store, actions });
  try {
    const { approval } = await client.actions.sendMessage({ chat: CHAT, text });
    return approval.code ?? "";
  } finally {
    await client.close();
    await store.close();
  }
}

/** At most two of them, so that the retries of one call can outlast the faults. */
function faultsOf(random: () => number): FaultRule[] {
  const kinds = ["before", "after"] as const;
  const one = (): FaultRule => ({
    method: random() < 0.7 ? "messages.sendMessage" : "*",
    nth: 1 + Math.floor(random() * 3),
    drop: kinds[Math.floor(random() * 2)] ?? "after",
  });
  return Array.from({ length: Math.floor(random() * 3) }, one);
}

/** Either when a request arrives, before its answer leaves, or after a while: in the store, while starting, while ending. */
function killAtRandomPoint(sandbox: Sandbox, worker: ChildProcess, random: () => number): () => void {
  const kill = (): void => {
    worker.kill("SIGKILL");
  };
  if (random() < 0.6) {
    let left = 1 + Math.floor(random() * 4);
    return sandbox.onRequest(() => {
      if (--left === 0) kill();
    });
  }
  const timer = setTimeout(kill, 200 + random() * 1500);
  return () => {
    clearTimeout(timer);
  };
}
