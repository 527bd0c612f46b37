// Keeps a state file locked for as long as it is told, and tells when it has the lock and when it has let it go.
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import Database from "libsql";

const { path } = JSON.parse(process.argv[2]);
const database = new Database(path);
database.exec("PRAGMA busy_timeout=5000");
const tell = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  database.exec("BEGIN EXCLUSIVE");
  tell("locked");
  await pause(JSON.parse(line));
  database.exec("COMMIT");
  tell("free");
}
database.close();
