import type { RedisConnection } from "./redis-connection.js";
import { lost } from "./redis-errors.js";
import { decode, parseState } from "./redis-record.js";

export interface EntriesOptions {
  readonly connection: RedisConnection;
  readonly generationKey: string;
  readonly generation: string;
  /** What stands before each record's own key. */
  readonly recordPrefix: string;
  /** A clock of the caller's own; else Redis's counts. */
  readonly ownNow: (() => number) | undefined;
}

interface Page {
  readonly cursor: string;
  readonly records: readonly (readonly [key: string, raw: string])[];
  readonly nowMs: number;
}

const PAGE = "500";

/** All live records whose key begins with the prefix; Redis may show a key twice, this does not. */
export async function* readEntries<S>(options: EntriesOptions, prefix: string): AsyncIterable<readonly [string, S]> {
  const shown = new Set<string>();
  let cursor = "0";
  do {
    const page = await readPage(options, prefix, cursor);
    for (const [key, raw] of page.records) {
      const { json, expiresAt } = decode(key, raw);
      if (expiresAt <= page.nowMs || shown.has(key)) continue;
      shown.add(key);
      yield [key, parseState(key, json) as S];
    }
    ({ cursor } = page);
  } while (cursor !== "0");
}

/** The generation is read together with the records: an empty Redis must not pass for an empty state. */
function readPage(options: EntriesOptions, prefix: string, from: string): Promise<Page> {
  const { connection, generationKey, generation, recordPrefix, ownNow } = options;
  return connection.run(async (redis) => {
    const pattern = `${asPlainText(recordPrefix + prefix)}*`;
    const [cursor, keys] = await redis.scan(from, "MATCH", pattern, "COUNT", PAGE);
    const [values, [seconds, micros]] = await Promise.all([redis.mget(generationKey, ...keys), redis.time()]);
    if (values[0] !== generation) throw lost();
    const records = keys.flatMap((key, index) => {
      const raw = values[index + 1];
      return typeof raw === "string" ? [[key.slice(recordPrefix.length), raw] as const] : [];
    });
    return { cursor, records, nowMs: ownNow?.() ?? Number(seconds) * 1000 + Math.floor(Number(micros) / 1000) };
  });
}

/** Takes their meaning from the characters of Redis's patterns (redis.io/docs/latest/commands/keys). */
const asPlainText = (text: string): string => text.replace(/[\\*?[\]]/g, "\\$&");
