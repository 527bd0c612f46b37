// Takes as many units of a quota as it gets, once for each account it is told, and tells how many that were.
import { createInterface } from "node:readline";
import { compose, createCall, defaultChain, Events, Metrics, systemClock } from "../../dist/index.js";
import { openStore } from "./worker-store.mjs";

const { store: place, attempts, limit, timeZone } = JSON.parse(process.argv[2]);
const store = await openStore(place);
const events = new Events();
const guards = defaultChain({
  store,
  clock: systemClock,
  events,
  metrics: new Metrics(events),
  classify: () => "read",
  perSecond: 0,
  quotas: { directMessages: limit, timeZone },
});
let sent = 0;
const chain = compose(guards, () => Promise.resolve(sent++));
const request = { className: "Request", __response: undefined, getBytes: () => new Uint8Array() };

console.log(JSON.stringify("ready"));
for await (const line of createInterface({ input: process.stdin })) {
  const account = JSON.parse(line);
  sent = 0;
  let refused = 0;
  const one = () => chain(createCall({ account, method: "messages.sendMessage", request, quota: "dm" }));
  const tries = Array.from({ length: attempts }, () =>
    one().catch((error) => {
      if (error.code !== "quota_exceeded") throw error;
      refused++;
    }),
  );
  await Promise.all(tries);
  console.log(JSON.stringify({ sent, refused }));
}
await store.close();
