// Opens and closes one session again and again, in the mode it is told, and watches that nobody else is there while it has
// the session alone. Runs from the build: vitest is not in this process.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { GuardedClient, isGuardError, openSessions } from "../../dist/index.js";
import { sqliteStore } from "../../dist/sqlite.js";

const { options, rounds, mode, hold } = JSON.parse(process.argv[2]);
const { dataDir } = options;
const watched = join(dataDir, "watched");
const tell = (line) => process.stdout.write(`${line}\n`);

async function openAndClose(lock, runtime) {
  const client = await GuardedClient.open({ ...options, sessions: { lock, runtime, encryption: "none" } });
  try {
    if (lock !== "off") writeFileSync(watched, String(process.pid));
    tell(hold ? "holding" : lock);
    if (hold) await pause(600_000);
    await pause(2 + Math.random() * 10);
    if (lock === "exclusive" && readFileSync(watched, "utf8") !== String(process.pid)) tell("not alone");
  } finally {
    await client.close();
  }
}

async function rewrite() {
  const openStore = async () => sqliteStore({ path: join(dataDir, `store-${Math.floor(Math.random() * 3)}.sqlite`) });
  await openSessions({ dataDir, sessions: { encryption: "none" }, openStore }).adopt(options.session);
  tell("rewritten");
}

for (let round = 0; round < rounds; round++) {
  try {
    if (mode === "rewrite") await rewrite();
    else await openAndClose(mode, round % 2 === 0 ? "copy" : "direct");
  } catch (error) {
    if (!isGuardError(error, "session_locked")) throw error;
    tell("locked");
  }
}
