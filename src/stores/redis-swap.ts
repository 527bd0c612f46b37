import type { RedisConnection } from "./redis-connection.js";
import { refused } from "./redis-errors.js";
import { MARK_LENGTH } from "./redis-record.js";
import { script } from "./redis-script.js";

/**
 * The one script that changes records: it compares the mark, swaps, and looks at Redis's clock at the same moment.
 * A mark that no record has makes it a read.
 *
 * A process that keeps losing takes the next turn: as long as it lasts nobody else writes this record. It ends with the
 * write, or by itself when its owner is gone.
 */
const SWAP = script(`
local record, generationKey, turnKey = KEYS[1], KEYS[2], KEYS[3]
local generation, handle, mark, at, tolerance, takeTurn, change, expiry, value = unpack(ARGV)
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local found = redis.call('MGET', generationKey, turnKey, record)
local turn, current = found[2], found[3]
if found[1] ~= generation then return {'lost', now} end
if turn and turn ~= handle and change ~= 'keep' then return {'turn', now} end
if string.sub(current or '', 1, ${MARK_LENGTH}) ~= mark then
  if takeTurn == '1' then redis.call('SET', turnKey, handle, 'PX', 100, 'NX') end
  return {'raced', now, current}
end
if at ~= '' then
  local behind = now - at * 1000
  if behind < 0 or behind > tonumber(tolerance) then return {'late', now} end
end
if change == 'delete' then
  redis.call('DEL', record)
elseif change == 'set' and expiry == '' then
  redis.call('SET', record, value)
elseif change == 'set' then
  redis.call('SET', record, value, 'PXAT', expiry)
end
if turn == handle then redis.call('DEL', turnKey) end
return {'done', now}
`);

export interface Swap {
  readonly keys: readonly [record: string, generation: string, turn: string];
  readonly generation: string;
  readonly handle: string;
  /** The mark of the record that the change builds upon. */
  readonly mark: string;
  /** The time the change was computed for; absent when Redis need not compare. */
  readonly at?: { readonly nowMs: number; readonly toleranceUs: number };
  readonly takeTurn: boolean;
  readonly change: Change;
}

export type Change =
  | { readonly kind: "keep" | "delete" }
  /** `expiresAt` on Redis's clock, in whole milliseconds. */
  | { readonly kind: "set"; readonly value: string; readonly expiresAt?: number };

export type Swapped = { readonly redisUs: number } & (
  | { readonly kind: "done" }
  /** Another write came first: this is what it left. */
  | { readonly kind: "raced"; readonly raw: string | undefined }
  /** The time of the change does not fit Redis's clock. */
  | { readonly kind: "late" }
  /** Another process, which had waited longer, is to write first. */
  | { readonly kind: "turn" }
  /** The generation is not ours. */
  | { readonly kind: "lost" }
);

export async function swap(connection: RedisConnection, request: Swap): Promise<Swapped> {
  const { keys, generation, handle, mark, at, takeTurn, change } = request;
  const expiry = change.kind === "set" ? (change.expiresAt ?? "") : "";
  const value = change.kind === "set" ? change.value : "";
  const time = [at?.nowMs ?? "", at?.toleranceUs ?? ""];
  const turn = takeTurn ? "1" : "0";
  const args = [generation, handle, mark, ...time, turn, change.kind, expiry, value];
  return parseReply(await connection.run((redis) => SWAP(redis, keys, args)));
}

function parseReply(reply: unknown): Swapped {
  if (Array.isArray(reply)) {
    const [kind, redisUs, raw] = reply as unknown[];
    if (typeof redisUs === "number") {
      if (kind === "raced") return { kind, redisUs, raw: typeof raw === "string" ? raw : undefined };
      if (kind === "done" || kind === "late" || kind === "turn" || kind === "lost") return { kind, redisUs };
    }
  }
  throw refused("Redis gave an answer that makes no sense.", "Check that the address is that of a Redis server.");
}
