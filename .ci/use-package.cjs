const assert = require("node:assert/strict");
const { GuardedClient, memoryStore, isGuardError } = require("tg-guarded");
const { sqliteStore } = require("tg-guarded/sqlite");
const { createReadServer } = require("tg-guarded/mcp-read");
const { startSandbox } = require("tg-guarded/testing");

async function main() {
  assert.equal(typeof sqliteStore, "function");
  const sandbox = await startSandbox();
  const client = await GuardedClient.open({ ...sandbox.clientOptions(), store: memoryStore() });
  const newest = await client.read.messages("@tidewater_lab", { limit: 3 }).toArray();
  assert.equal(newest.length, 3);
  await assert.rejects(client.read.messages("@nobody_is_called_so").toArray({ limit: 1 }), (error) =>
    isGuardError(error, "chat_not_found"),
  );
  await createReadServer(client).close();
  await client.close();
  await sandbox.close();
}
void main();
