/**
 * The store that several hosts share. Loaded only when it is used.
 *
 * @module tg-guarded/redis
 */
export { redisStore, type RedisStoreOptions } from "./stores/redis.js";
