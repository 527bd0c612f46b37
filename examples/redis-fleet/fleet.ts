// Several workers export the groups of one account, each with a session of its own, and keep to one budget by one Redis.
// Here they are processes of one machine; on several machines they do the same, since all that they share is the Redis.
//
//   tg-guarded login --name host-a     (and host-b, host-c: one session must not be used from two addresses)
//   TG_STATE_URL=redis://127.0.0.1:6379 npx tsx examples/redis-fleet/fleet.ts ~/telegram host-a host-b host-c
//
// On a sandbox: TG_SANDBOX names its info file, and `tg-guarded login` logs in there.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { GuardedClient } from "tg-guarded";
import type { Exported, Job } from "./worker.js";

const [folder, ...sessions] = process.argv.slice(2);
if (folder === undefined || sessions.length === 0) throw new Error("fleet.ts FOLDER SESSION…");
if (!/^rediss?:/.test(process.env["TG_STATE_URL"] ?? "")) throw new Error("TG_STATE_URL must name a Redis.");
await mkdir(folder, { recursive: true, mode: 0o700 });

const client = await GuardedClient.fromEnv({ session: sessions[0] ?? "" });
const groups = await client.read.dialogs({ type: "group" }).toArray({ limit: 1000 });
await client.close();

/** The chats that nobody has taken yet. */
const left = groups.map(({ id, title }): Job => ({ id, title, folder }));
const began = performance.now();
let requests = 0;
await Promise.all(sessions.map(work));
console.log(`${groups.length} groups, ${requests} requests, ${Math.round((performance.now() - began) / 1000)} seconds`);

/** Gives a worker one chat after the other, for as long as there are any. */
async function work(session: string): Promise<void> {
  const path = fileURLToPath(new URL(`worker${extname(import.meta.url)}`, import.meta.url));
  const worker = fork(path, { env: { ...process.env, SESSION_NAME: session } });
  const ended = once(worker, "exit").then(([code]: unknown[]) => {
    if (code !== 0) throw new Error(`The worker ${session} ended with ${String(code)}; start again to go on.`);
  });
  for (let job = left.shift(); job !== undefined; job = left.shift()) {
    worker.send(job);
    const answer = once(worker, "message") as Promise<[Exported]>;
    const [exported] = await Promise.race([answer, ended.then(() => answer)]);
    requests += exported.requests;
    console.log(`${session}: ${JSON.stringify(job.title)}, ${exported.count} messages`);
  }
  worker.disconnect();
  await ended;
}
