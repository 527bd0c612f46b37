/**
 * The store that several hosts share. Loaded only when it is used.
 *
 * @packageDocumentation
 */
export { redisStore, type RedisStoreOptions } from "./stores/redis.js";
