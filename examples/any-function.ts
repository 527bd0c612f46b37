// The chain needs no Telegram: it protects any asynchronous function that can be flooded.
import { compose, createCall, defaultChain, Events, GuardError, memoryStore, Metrics, systemClock } from "tg-guarded";

let asked = 0;
/** A service that asks to wait at its second request, as services do. */
async function weather(city: string): Promise<string> {
  asked++;
  if (asked === 2) {
    throw new GuardError("flood_wait", "Too fast.", {
      details: { method: "weather", retryAfterMs: 500, name: "FLOOD_WAIT", scope: "method" },
      nextStep: "Wait.",
    });
  }
  return Promise.resolve(`${city}: fair`);
}

const events = new Events();
const metrics = new Metrics(events);
events.on("wait", ({ method, waitMs }) => {
  console.log(`${method} waits ${waitMs} ms`);
});
const guards = defaultChain({
  store: memoryStore(),
  clock: systemClock,
  events,
  metrics,
  classify: () => "read",
  perSecond: 4,
});

/** What is sent stands in the request; here it is the city. */
const forecast = (city: string): Promise<string> => {
  const request = { className: "weather", __response: "", getBytes: () => Buffer.from(city) };
  const chain = compose(guards, async <T>() => (await weather(city)) as T);
  return chain(createCall({ account: "me", method: "weather", request }));
};

console.log(await forecast("Oslo"));
console.log(await forecast("Lima"));
console.log(`${asked} requests, ${metrics.snapshot().floodWaits} flood wait`);
