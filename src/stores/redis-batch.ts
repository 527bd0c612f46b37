import { setTimeout as pause } from "node:timers/promises";
import { refused } from "./redis-errors.js";
import { fold, type Folded, type Pending } from "./redis-fold.js";
import { encode, markMaker, markOf } from "./redis-record.js";
import { SeenRecords, type Seen } from "./redis-seen.js";
import type { Change, Swap, Swapped } from "./redis-swap.js";
import type { StoreTime } from "./redis-time.js";

/** Tries one swap of one record. Rejects when Redis does not answer, or has lost its state. */
type Attempt = (
  key: string,
  swap: Pick<Swap, "mark" | "at" | "takeTurn" | "change">,
) => Promise<Exclude<Swapped, { kind: "lost" }>>;

export interface BatchOptions {
  readonly attempt: Attempt;
  readonly time: StoreTime;
  /** How long one goes on losing races. */
  readonly busyTimeoutMs: number;
}

/** Who has lost races for so long takes the next turn. Sooner would be fairer, and cost more: a turn takes two trips. */
const PATIENCE_MS = 40;
const LONGEST_BACKOFF_MS = 20;
/** No record has this mark: comparing with it is reading. */
const NO_MARK = "?";
/** The last moment that JavaScript's dates know. Whatever expires later stays. */
const LAST_MS = 8.64e15;

/** Carries out what waits on one record in one swap, again and again until nobody came between. */
export function batchRunner({ attempt, time, busyTimeoutMs }: BatchOptions) {
  const records = new SeenRecords();
  const nextMark = markMaker();

  async function look(key: string, takeTurn: boolean): Promise<Seen> {
    const reply = await attempt(key, { mark: NO_MARK, takeTurn, change: { kind: "keep" } });
    return { raw: reply.kind === "raced" ? reply.raw : undefined, redisUs: reply.redisUs };
  }

  return async function runBatch(key: string, batch: readonly Pending[]): Promise<Folded> {
    const since = performance.now();
    let seen = records.get(key);
    // Until the swap stands, what was seen is only a guess.
    records.forget(key);
    for (let losses = 0, waitedMs = 0; waitedMs < busyTimeoutMs; waitedMs = performance.now() - since) {
      const takeTurn = waitedMs >= PATIENCE_MS && losses > 1;
      seen ??= await look(key, takeTurn);
      const nowMs = time.now(seen.redisUs);
      const folded = fold(key, seen.raw, nowMs, batch);
      const { change, raw } = changeFor(folded, seen.raw, nowMs);
      const at = time.toleranceUs === undefined ? undefined : { nowMs, toleranceUs: time.toleranceUs };
      const reply = await attempt(key, { mark: markOf(seen.raw), takeTurn, change, ...(at && { at }) });
      if (reply.kind === "done") {
        records.remember(key, { raw, redisUs: reply.redisUs });
        return folded;
      }
      seen = { raw: reply.kind === "raced" ? reply.raw : seen.raw, redisUs: reply.redisUs };
      if (reply.kind === "late") continue;
      losses++;
      // What a lost race told is news, and worth a try at once; the second one in a row means that many are at it.
      if (reply.kind === "turn" || (losses % 2 === 0 && !takeTurn)) await backOff(losses);
    }
    throw refused(
      `Other processes kept changing the record ${key} for ${busyTimeoutMs} ms.`,
      "Try again; when it happens often, fewer processes should share one account.",
    );
  };

  /** The change, and the record as it will then lie in Redis. */
  function changeFor({ changed, record }: Folded, before: string | undefined, nowMs: number) {
    if (!changed) return { change: { kind: "keep" } satisfies Change, raw: before };
    if (record === undefined || record.expiresAt <= nowMs) {
      return { change: { kind: "delete" } satisfies Change, raw: undefined };
    }
    const raw = encode(nextMark(), record);
    // A clock of the caller's own says nothing to Redis about when to forget.
    const expires = time.toleranceUs !== undefined && record.expiresAt <= LAST_MS;
    const expiry = expires ? { expiresAt: Math.ceil(record.expiresAt) } : {};
    return { change: { kind: "set", value: raw, ...expiry } satisfies Change, raw };
  }
}

const backOff = (losses: number): Promise<void> => pause(Math.random() * Math.min(2 ** losses, LONGEST_BACKOFF_MS));
