// Watches a chat, and prints each message; once it has "leave" it leaves the loop, closes the client and must end by itself.
import { GuardedClient, memoryStore } from "../../dist/index.js";

const [options] = process.argv.slice(2);
const client = await GuardedClient.open({ ...JSON.parse(options), store: memoryStore(), receiveUpdates: true });
const watch = await client.read.watch("@tidewater_lab").ready();
console.log("ready");
for await (const { text } of watch) {
  console.log(text);
  if (text === "leave") break;
}
await client.close();
