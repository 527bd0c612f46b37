// Writes the members of a group to a CSV file that a spreadsheet can open, and says how many were not to be had.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GuardedClient } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";

const folder = await mkdtemp(join(tmpdir(), "tg-guarded-example-"));
await using sandbox = await startSandbox();
await using client = await GuardedClient.open({ ...sandbox.clientOptions(), dataDir: folder });

const to = join(folder, "members.csv");
const report = await client.export.participants("@tidewater_lab", { to, includeBots: true, defuseFormulas: true });
const [titles] = (await readFile(to, "utf8")).split("\r\n");
const missing = report.missing.reduce((sum, { count }) => sum + count, 0);
console.log(titles);
console.log(`${report.count} of ${report.reported} members, ${missing} missing`);
await rm(folder, { recursive: true });
