// Watches all chats of the account for a word, and ends after the third hit.
import { GuardedClient } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";

await using sandbox = await startSandbox();
await using client = await GuardedClient.open({ ...sandbox.clientOptions(), receiveUpdates: true });

const watch = await client.read.watch("all").ready();

// In a sandbox nobody writes by himself. One message gets lost on the way, and the connection breaks.
const { world } = sandbox;
world.post("@tidewater_lab", { from: "@kenta_nakamura", text: "The harbour gauge is back" });
world.post("@liv_paints", { text: "See you at seven" });
world.post("@harbour_gazette", { text: "Harbour bridge closed tonight", unannounced: true });
sandbox.dropConnections();
world.post("@liv_paints", { text: "At the harbour, I mean" });

const hits: string[] = [];
for await (const { senderName = "somebody", text } of watch) {
  if (!/harbour/i.test(text)) continue;
  hits.push(`${senderName}: ${text}`);
  if (hits.length === 3) break;
}
for (const hit of hits.sort()) console.log(hit);
