// Exports a chat to a file and says what it cost.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GuardedClient } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";

const folder = await mkdtemp(join(tmpdir(), "tg-guarded-example-"));
await using sandbox = await startSandbox();
await using client = await GuardedClient.open({ ...sandbox.clientOptions(), dataDir: folder });

client.on("wait", ({ text }) => {
  console.error(text);
});
const to = join(folder, "lab.jsonl");
const { count, requests } = await client.export.messages("@tidewater_lab", { to, limit: 250 });
const lines = (await readFile(to, "utf8")).trimEnd().split("\n");
console.log(`${count} messages in ${requests} requests, ${lines.length} lines`);
await rm(folder, { recursive: true });
