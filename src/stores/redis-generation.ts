import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { newGeneration, readMarker, writeMarker } from "./generation.js";
import type { RedisConnection } from "./redis-connection.js";
import { lost, refused } from "./redis-errors.js";

/**
 * The generation that this Redis and the marker file agree on. Both are made when neither is there; the file follows a
 * Redis that others use already. The file is read first: whoever made it had made the one in Redis before.
 */
export async function agreeOnGeneration(
  connection: RedisConnection,
  key: string,
  markerPath: string | undefined,
): Promise<string> {
  const marker = markerPath === undefined ? undefined : onFile(markerPath, () => readMarker(markerPath));
  const generation = await connection.run(async (redis) => {
    // Of several processes that start together one sets it, and all read that one.
    if (marker === undefined) await redis.set(key, newGeneration(), "NX");
    return redis.get(key);
  });
  if (generation === null || (marker !== undefined && marker !== generation)) throw lost();
  if (markerPath !== undefined && marker === undefined) {
    onFile(markerPath, () => {
      mkdirSync(dirname(markerPath), { recursive: true, mode: 0o700 });
      writeMarker(markerPath, generation);
    });
  }
  return generation;
}

function onFile<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw refused(
      `The marker file ${path} cannot be used.`,
      "Check its folder, rights and disk; then try again.",
      cause,
    );
  }
}
