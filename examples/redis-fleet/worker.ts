// A worker of fleet.ts: exports the chats that it is given, one after the other, and ends when nobody gives it any more.
import { on } from "node:events";
import { join } from "node:path";
import { GuardedClient } from "tg-guarded";

export interface Job {
  readonly id: number;
  readonly title: string;
  readonly folder: string;
}

export interface Exported {
  readonly count: number;
  readonly requests: number;
}

// The session is that of SESSION_NAME, the store that of TG_STATE_URL.
const client = await GuardedClient.fromEnv();

for await (const [job] of on(process, "message", { close: ["disconnect"] }) as AsyncIterable<[Job]>) {
  process.send?.(await exportChat(job));
}
await client.close();

async function exportChat({ id, folder }: Job): Promise<Exported> {
  // The budget is that of the account: it does not matter which worker asks, only that all of them have the same store.
  const { count, requests } = await client.export.messages(id, { to: join(folder, `${id}.jsonl`) });
  return { count, requests };
}
