import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "./measure.mjs";
import { printTable, version, whole } from "./report.mjs";
import { startSandboxProcess } from "./sandbox.mjs";

const MESSAGES = 20_000;
const ROUNDS = 3;
const WAYS = {
  gramjs: `GramJS ${version("telegram")} iterMessages, three fields`,
  mtcute: `mtcute ${version("@mtcute/core")} messages.getHistory, three fields`,
  guarded: "tg-guarded export.messages, whole models",
};

/** A whole history to a file, each run in a fresh process. Informative: they do not write the same. */
export async function benchExport() {
  const folder = await mkdtemp(join(tmpdir(), "tg-guarded-bench-"));
  const sandbox = await startSandboxProcess(MESSAGES);
  const runs = Object.fromEntries(Object.keys(WAYS).map((way) => [way, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of Object.keys(WAYS)) runs[way].push(await exportOnce(way, folder, sandbox));
  }
  await sandbox.stop();
  await rm(folder, { recursive: true });
  const middle = (way, of) => median(runs[way].map(of));
  printTable(
    `Export of ${whole(MESSAGES)} messages, limits lifted, median of ${ROUNDS} runs`,
    ["", "messages", "messages/s", "CPU s", "peak MB"],
    Object.entries(WAYS).map(([way, name]) => [
      name,
      whole(middle(way, ({ messages }) => messages)),
      whole(middle(way, ({ messages, seconds }) => messages / seconds)),
      middle(way, ({ cpuSeconds }) => cpuSeconds).toFixed(2),
      whole(middle(way, ({ peakMb }) => peakMb)),
    ]),
  );
}

async function exportOnce(way, folder, { info, options }) {
  const path = fileURLToPath(new URL("export-worker.mjs", import.meta.url));
  const env = { ...process.env, BENCH_SANDBOX: JSON.stringify({ info, options }) };
  const child = fork(path, [way, folder, "generated"], { env });
  const gone = once(child, "exit").then(([code]) => {
    if (code !== 0) throw new Error(`The ${way} run ended with ${code}.`);
  });
  const [result] = await Promise.race([once(child, "message"), gone.then(() => once(child, "message"))]);
  await gone;
  await rm(join(folder, `${way}.jsonl`));
  return result;
}
