import { createHash } from "node:crypto";
import type { Redis } from "ioredis";

/** Runs by its hash; a Redis that does not know it yet, or no longer, is sent the text. */
export type Script = (redis: Redis, keys: readonly string[], args: readonly (string | number)[]) => Promise<unknown>;

export function script(lua: string): Script {
  const hash = createHash("sha1").update(lua).digest("hex");
  return async (redis, keys, args) => {
    try {
      return await redis.evalsha(hash, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
      return redis.eval(lua, keys.length, ...keys, ...args);
    }
  };
}
