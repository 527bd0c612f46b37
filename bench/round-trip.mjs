import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { built } from "./build.mjs";
import { connectGramJs } from "./gramjs.mjs";
import { LIFTED } from "./lifted.mjs";
import { interleaved, median } from "./measure.mjs";
import { printTable, version } from "./report.mjs";
import { startSandboxProcess } from "./sandbox.mjs";

const ROUNDS = 25;
const CALLS = 60;

const { GuardedClient } = await built("index");
const { memoryStore, sqliteStore } = await built("internals");

const REQUESTS = {
  "help.getNearestDc": (api) => new api.help.GetNearestDc(),
  "users.getUsers": (api) => new api.users.GetUsers({ id: [new api.InputUserSelf()] }),
};

/** The median of so many round trips, one after another, in microseconds. */
async function roundTrip(invoke) {
  const took = [];
  for (let i = 0; i < CALLS; i++) {
    const began = performance.now();
    await invoke();
    took.push((performance.now() - began) * 1000);
  }
  return median(took);
}

/** One small read through all guards, and the same by GramJS alone, on the same sandbox. */
export async function benchRoundTrip() {
  const folder = await mkdtemp(join(tmpdir(), "tg-guarded-bench-"));
  const sandbox = await startSandboxProcess(100);
  const stores = [memoryStore(), sqliteStore({ path: join(folder, "state.sqlite") })];
  const open = (store) => GuardedClient.open({ ...sandbox.options, store, dataDir: folder, limits: LIFTED });
  const [onMemory, onSqlite] = await Promise.all(stores.map(open));
  const prompt = await connectGramJs(sandbox.info, { noDelay: true });
  const plain = await connectGramJs(sandbox.info, { noDelay: false });
  const { api } = onMemory.raw;
  const rows = [];
  for (const [method, make] of Object.entries(REQUESTS)) {
    const results = await interleaved(
      [
        { name: "GramJS, TCP_NODELAY", turn: () => roundTrip(() => prompt.invoke(make(api))) },
        { name: "GramJS as it comes", turn: () => roundTrip(() => plain.invoke(make(api))) },
        { name: "tg-guarded, memory store", turn: () => roundTrip(() => onMemory.raw.invoke(make(api))) },
        { name: "tg-guarded, SQLite store", turn: () => roundTrip(() => onSqlite.raw.invoke(make(api))) },
      ],
      { rounds: ROUNDS, warmUp: 5 },
    );
    for (const { name, median, ratio } of results)
      rows.push([`${method}: ${name}`, median.toFixed(0), ratio.toFixed(2)]);
  }
  await Promise.all([onMemory, onSqlite].map((client) => client.close()));
  await Promise.all([prompt, plain].map((client) => client.destroy()));
  await Promise.all(stores.map((store) => store.close()));
  await sandbox.stop();
  await rm(folder, { recursive: true });
  printTable(
    `Round trip to a sandbox in another process (GramJS ${version("telegram")}): medians of ${ROUNDS} rounds of ${CALLS} calls`,
    ["", "µs", "of GramJS with TCP_NODELAY"],
    rows,
  );
}
