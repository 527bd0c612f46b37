import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crew } from "./crew.mjs";
import { interleaved } from "./measure.mjs";
import { printTable, version, whole } from "./report.mjs";

const ROUNDS = 5;
const MS = 600;

const CASES = [
  { name: "SQLite, 1 process", contestant: "sqlite", processes: 1, inFlight: 1 },
  { name: "SQLite, 1 process", contestant: "sqlite", processes: 1, inFlight: 16 },
  { name: "SQLite, 4 processes in sum", contestant: "sqlite", processes: 4, inFlight: 1 },
  { name: "SQLite, 4 processes in sum", contestant: "sqlite", processes: 4, inFlight: 16 },
  { name: "SQLite durable, 1 process", contestant: "sqlite-durable", processes: 1, inFlight: 1 },
  { name: "SQLite durable, 1 process", contestant: "sqlite-durable", processes: 1, inFlight: 16 },
  { name: "memory, 1 process", contestant: "memory", processes: 1, inFlight: 1 },
];

/** Admissions a second: each is one update of one account's bucket. Durable ones count a number up. */
export async function benchSqlite() {
  const folder = await mkdtemp(join(tmpdir(), "tg-guarded-bench-"));
  try {
    const path = join(folder, "state.sqlite");
    const crews = new Map();
    for (const { contestant, processes } of CASES) {
      const key = `${contestant} ${processes}`;
      if (!crews.has(key)) crews.set(key, await crew(contestant, path, processes));
    }
    const results = await interleaved(
      CASES.map(({ name, contestant, processes, inFlight }) => ({
        name,
        turn: () => crews.get(`${contestant} ${processes}`).perSecond({ inFlight, ms: MS }),
      })),
      { rounds: ROUNDS },
    );
    for (const one of crews.values()) await one.end();
    printTable(
      `Stores on one host: updates of one record a second (libsql ${version("libsql")}), median of ${ROUNDS} rounds of ${MS} ms`,
      ["", "in flight, each", "updates/s"],
      results.map(({ name, median }, place) => [name, String(CASES[place].inFlight), whole(median)]),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
