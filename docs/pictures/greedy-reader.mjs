// One of several processes that read as much as they may, for as long as they are left alone.
import { GuardedClient } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";

const [path, options] = process.argv.slice(2);
const client = await GuardedClient.open({ ...JSON.parse(options), store: sqliteStore({ path }) });
for (;;) await client.read.messages("@tidewater_lab", { limit: 1 }).toArray();
