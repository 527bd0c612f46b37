import { vi } from "vitest";
import { startOrdered } from "../support/order.js";
import { isAlive } from "../support/processes.js";
import { builtDesk, programOf } from "./built-server.js";

interface Listed {
  readonly is: "listed";
  readonly pid: number;
  readonly tools: number;
  /** Since the start of the first server. */
  readonly atMs: number;
}

interface Answered {
  readonly is: "answered";
  readonly pid: number;
  readonly isError: boolean;
  readonly count?: number;
  readonly code?: string;
  readonly error?: string;
  readonly retryAfterMs?: number;
  /** How often it was told that the call goes on. */
  readonly pulses: number;
  readonly tookMs: number;
  readonly residentMb?: number;
}

type Told = Listed | Answered | { readonly is: "ready" };

export interface ManyServers {
  readonly listed: readonly Listed[];
  readonly answered: readonly Answered[];
  /** When each request arrived at the sandbox, in milliseconds, in order. */
  readonly arrivals: readonly number[];
  /** Servers that were still there after their host was killed. */
  readonly orphans: readonly number[];
}

/** One host that starts so many servers on one account at once, lists their tools, reads, and is killed. */
export async function startMany(servers: number): Promise<ManyServers> {
  await using desk = await builtDesk();
  const host = startOrdered<Told>("host-worker.mjs", {
    servers,
    program: programOf("tgmcp-read"),
    env: { ...desk.env, RATE_RPS: "4" },
    tool: { name: "tg_get_messages", arguments: { group: "@tidewater_lab", limit: 1 } },
    timeoutMs: 120_000,
  });
  const listed: Listed[] = [];
  const answered: Answered[] = [];
  for (let told = await host.next(); told !== undefined && told.is !== "ready"; told = await host.next()) {
    if (told.is === "listed") listed.push(told);
    else answered.push(told);
  }
  host.kill();
  await host.ended;
  const orphans = await leftOf(listed.map(({ pid }) => pid));
  const arrivals = desk.sandbox.log.map(({ at }) => at).sort((one, other) => one - other);
  return { listed, answered, orphans, arrivals };
}

/** A server ends with its host; until then one waits. */
async function leftOf(pids: readonly number[]): Promise<readonly number[]> {
  const left = () => pids.filter((pid) => isAlive(String(pid)));
  await vi.waitUntil(() => left().length === 0, { timeout: 20_000, interval: 50 }).catch(() => undefined);
  return left();
}
