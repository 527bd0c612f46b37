/** What the benchmarks measure and the package does not export. */
export { createCall } from "../src/call.js";
export { compose } from "../src/chain.js";
export { systemClock } from "../src/clock.js";
export { Events } from "../src/events.js";
export { admission } from "../src/guards/admission.js";
export { defaultChain } from "../src/guards/default-chain.js";
export { Metrics } from "../src/metrics.js";
export { memoryStore } from "../src/stores/memory.js";
export { redisStore } from "../src/stores/redis.js";
export { sqliteStore } from "../src/stores/sqlite.js";
