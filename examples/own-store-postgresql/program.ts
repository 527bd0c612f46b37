// Several hosts, one budget: start this on each of them, with a session of its own. Whatever each of them asks for, all of
// them together ask 4 times a second.
//
//   DATABASE_URL=postgresql://… SESSION_NAME=host-a npx tsx examples/own-store-postgresql/program.ts 10
//
// On a sandbox: set TG_SANDBOX to its info file in place of SESSION_NAME.
import { GuardedClient } from "tg-guarded";
import { postgresqlStore } from "./store.js";

const [seconds = "10"] = process.argv.slice(2);
const store = await postgresqlStore({ url: process.env["DATABASE_URL"] ?? "postgresql://127.0.0.1/telegram" });
const client = await GuardedClient.fromEnv({ store });

const signal = AbortSignal.timeout(Number(seconds) * 1000);
let pages = 0;
try {
  while (!signal.aborted) {
    for await (const { id } of client.read.dialogs({ signal })) {
      for await (const { items } of client.read.messages(id, { limit: 300, signal }).pages())
        pages += items.length > 0 ? 1 : 0;
    }
  }
} catch (error) {
  if (error !== signal.reason) throw error;
} finally {
  await client.close();
  // A store that one opened oneself is one's own to close.
  await store.close();
}
console.log(`${pages} pages in ${seconds} seconds`);
