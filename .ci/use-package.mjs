import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { GuardedClient, isGuardError } from "tg-guarded";
import { createActionsServer } from "tg-guarded/mcp-actions";
import { createReadServer } from "tg-guarded/mcp-read";
import { sqliteStore } from "tg-guarded/sqlite";
import { startSandbox } from "tg-guarded/testing";

const folder = mkdtempSync("state-");
const store = sqliteStore({ path: `${folder}/state.sqlite` });
const sandbox = await startSandbox();
const client = await GuardedClient.open({ ...sandbox.clientOptions(), store });
const newest = await client.read.messages("@tidewater_lab", { limit: 3 }).toArray();
assert.equal(newest.length, 3);
await assert.rejects(client.read.messages("@nobody_is_called_so").toArray({ limit: 1 }), (error) =>
  isGuardError(error, "chat_not_found"),
);
for (const server of [createReadServer(client), createActionsServer(client, { name: "own" })]) await server.close();
await client.close();
await sandbox.close();
await store.close();
rmSync(folder, { recursive: true });
