// Reads all messages of a chat into a file, in one way, in a fresh process; tells what it took.
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { built } from "./build.mjs";
import { connectGramJs } from "./gramjs.mjs";
import { LIFTED } from "./lifted.mjs";

const [way, folder, chat] = process.argv.slice(2);
const { info, options } = JSON.parse(process.env["BENCH_SANDBOX"]);

async function guarded() {
  const { GuardedClient } = await built("index");
  const { memoryStore } = await built("internals");
  const client = await GuardedClient.open({ ...options, store: memoryStore(), dataDir: folder, limits: LIFTED });
  return {
    run: async () => (await client.export.messages(chat, { to: join(folder, "guarded.jsonl") })).count,
    end: () => client.close(),
  };
}

async function mtcute() {
  const { connectMtcute, historyPages } = await built("mtcute");
  const client = await connectMtcute(info);
  return {
    async run() {
      const file = createWriteStream(join(folder, "mtcute.jsonl"));
      let count = 0;
      for await (const page of historyPages(client, chat)) {
        for (const { id, date, message } of page) {
          count++;
          if (!file.write(`${JSON.stringify({ id, date, message })}\n`)) await once(file, "drain");
        }
      }
      file.end();
      await once(file, "finish");
      return count;
    },
    end: () => client.destroy(),
  };
}

async function gramJs() {
  const client = await connectGramJs(info, { noDelay: true });
  return {
    async run() {
      const file = createWriteStream(join(folder, "gramjs.jsonl"));
      let count = 0;
      for await (const { id, date, message } of client.iterMessages(chat, { reverse: true, waitTime: 0 })) {
        count++;
        if (!file.write(`${JSON.stringify({ id, date, message })}\n`)) await once(file, "drain");
      }
      file.end();
      await once(file, "finish");
      return count;
    },
    end: () => client.destroy(),
  };
}

const { run, end } = await { guarded, mtcute, gramjs: gramJs }[way]();
const cpuBefore = process.cpuUsage();
const began = performance.now();
const messages = await run();
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
process.send({ messages, seconds, cpuSeconds: (user + system) / 1e6, peakMb: process.resourceUsage().maxRSS / 1024 });
await end();
process.exit();
