import { builtSandbox } from "./sandbox-build.mjs";
import { generatedPeer, history, startServer } from "./sandbox-process.mjs";
import { printTable, whole } from "./report.mjs";

const MESSAGES = 10_000;
/** So many are kept by the world; what is asked for beyond them is made anew. */
const PREPARED_PAGES = 20;
const IN_FLIGHT = 16;
const PASSES = 150;

/** Asks for so many pages, and counts the answers without opening them. */
async function ask(client, peer, pages) {
  let asked = 0;
  const next = () => client.send(history(peer, MESSAGES - (asked++ % PREPARED_PAGES) * 100 + 1));
  for (let i = 0; i < IN_FLIGHT; i++) next();
  for (let answered = 0; answered < pages; answered++) {
    await client.payload();
    if (asked < pages) next();
  }
}

/** messages.getHistory with 100 messages, asked for again and again, by a client that reads no answer. */
export async function benchPages() {
  const { RawClient } = await builtSandbox("client");
  const server = await startServer({ generated: { messages: MESSAGES, participants: 100 } });
  const client = await RawClient.loggedIn(server.info);
  const peer = await generatedPeer(client);
  await ask(client, peer, 10 * PREPARED_PAGES);
  const { cpuSeconds: before } = await server.cost();
  const began = performance.now();
  const pages = PASSES * PREPARED_PAGES;
  await ask(client, peer, pages);
  const seconds = (performance.now() - began) / 1000;
  const { cpuSeconds } = await server.cost();
  client.close();
  await server.stop();
  printTable(
    `The sandbox: messages.getHistory(100), pages asked for before`,
    ["", "answers"],
    [
      ["a second", whole(pages / seconds)],
      ["a second of one core", whole(pages / (cpuSeconds - before))],
    ],
  );
}
