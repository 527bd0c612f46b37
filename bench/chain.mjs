import Bottleneck from "bottleneck";
import { circuitBreaker, ConsecutiveBreaker, handleAll, retry, timeout, TimeoutStrategy, wrap } from "cockatiel";
import CircuitBreaker from "opossum";
import pThrottle from "p-throttle";
import { built } from "./build.mjs";
import { guardedBy } from "./lifted.mjs";
import { interleaved, oneAtATime } from "./measure.mjs";
import { printTable, version } from "./report.mjs";

const ROUNDS = 15;
const CALLS = 20_000;

const { memoryStore } = await built("internals");

/** What is guarded: it answers at once, so that only the guards are measured. */
const answer = async () => 1;
/** The same, listening to the signal that would end it, as work that takes time does. */
async function listening({ signal }) {
  const onAbort = () => undefined;
  signal.addEventListener("abort", onAbort, { once: true });
  signal.removeEventListener("abort", onAbort);
  return 1;
}

function cockatielPolicies() {
  const policy = wrap(
    retry(handleAll, { maxAttempts: 3 }),
    circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) }),
    timeout(30_000, TimeoutStrategy.Aggressive),
  );
  return (work) => () => policy.execute(work);
}

function opossumBreaker() {
  const breaker = new CircuitBreaker(answer, { timeout: 30_000 });
  return { work: () => breaker.fire(), end: () => breaker.shutdown() };
}

/** The default chain beside what people put together today; nothing waits. */
export async function benchChain() {
  const bottleneck = new Bottleneck();
  const throttled = pThrottle({ limit: 1_000_000_000, interval: 1000 })(answer);
  const opossum = opossumBreaker();
  const cockatiel = cockatielPolicies();
  const contestant = (name, work, calls = CALLS) => ({ name, turn: () => oneAtATime(work, calls) });
  const results = await interleaved(
    [
      contestant("tg-guarded: default chain, memory store", guardedBy(memoryStore(), answer)),
      contestant("tg-guarded, work that listens to its signal", guardedBy(memoryStore(), listening)),
      contestant(`cockatiel ${version("cockatiel")}: retry + breaker + timeout`, cockatiel(answer)),
      contestant("cockatiel, work that listens to its signal", cockatiel(listening)),
      contestant(`opossum ${version("opossum")}: breaker + timeout`, opossum.work),
      // Each of its calls goes through timers.
      contestant(`bottleneck ${version("bottleneck")}: no limits`, () => bottleneck.schedule(answer), 50),
      contestant(`p-throttle ${version("p-throttle")}: no limits`, throttled),
      contestant("no guard at all", answer),
    ],
    { rounds: ROUNDS, warmUp: 3 },
  );
  opossum.end();
  printTable(
    `Chain: one call at a time, median of ${ROUNDS} rounds of ${CALLS.toLocaleString("en")} calls (bottleneck: 50)`,
    ["", "µs a call", "of ours"],
    results.map(({ name, median, ratio }) => [name, median.toFixed(2), `${ratio.toFixed(2)} ×`]),
  );
}
