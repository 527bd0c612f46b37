// Pulls as fast as the guards let it, and tells when the store granted each request. From the built package.
import { createInterface } from "node:readline";
import { GuardedClient } from "../../dist/index.js";
import { openStore } from "./worker-store.mjs";

const { store: place, options, inFlight } = JSON.parse(process.argv[2]);
const inner = await openStore(place);
const tell = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

/** A slot counts from the time that the store gave it, by the store's own clock: nothing that happens here moves it. */
const store = {
  async update(key, transition, options) {
    const result = await inner.update(key, transition, options);
    const slot = result?.kind === "granted" ? result.slots.account : undefined;
    if (slot !== undefined) tell(slot.at);
    return result;
  },
  entries: (prefix) => inner.entries(prefix),
  close: () => inner.close(),
};

const client = await GuardedClient.open({ ...options, store });
const pull = () => client.raw.invoke(new client.raw.api.updates.GetState());
tell("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const until = performance.now() + JSON.parse(line);
  const one = async () => {
    while (performance.now() < until) await pull();
  };
  await Promise.all(Array.from({ length: inFlight }, one));
}
await client.close();
await store.close();
