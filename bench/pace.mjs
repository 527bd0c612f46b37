import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { built } from "./build.mjs";
import { printTable, whole } from "./report.mjs";

/** What the account's bucket lets through at once, and a second after that. */
const BURST = 8;
const PER_SECOND = 4;

const { GuardedClient } = await built("index");
const { memoryStore } = await built("internals");
const { startSandbox } = await built("testing");

const CASES = [
  { what: "messages", method: "messages.getHistory", page: 100, size: { messages: 6000, participants: 50 } },
  { what: "participants", method: "channels.getParticipants", page: 200, size: { messages: 10, participants: 9000 } },
];

/** How much of the default budget an export uses, once the burst is over: by arrivals at the sandbox. */
export async function benchPace() {
  const rows = [];
  for (const { what, method, page, size } of CASES) {
    const folder = await mkdtemp(join(tmpdir(), "tg-guarded-bench-"));
    const sandbox = await startSandbox({ world: { generated: size } });
    const client = await GuardedClient.open({ ...sandbox.clientOptions(), store: memoryStore() });
    await client.export[what]("@generated", { to: join(folder, "out.jsonl") });
    const arrivals = sandbox.log.filter((entry) => entry.method === method).map(({ at }) => at);
    const paced = arrivals.slice(BURST);
    const perSecond = (paced.length - 1) / ((paced.at(-1) - paced[0]) / 1000);
    rows.push([
      what,
      String(arrivals.length),
      whole(perSecond * page),
      `${((perSecond / PER_SECOND) * 100).toFixed(2)} %`,
    ]);
    await client.close();
    await sandbox.close();
    await rm(folder, { recursive: true });
  }
  printTable(
    `Exports at the default ${PER_SECOND} requests a second, after the burst`,
    ["", "requests", "a second", "of what is possible"],
    rows,
  );
}
