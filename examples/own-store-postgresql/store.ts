// A store of one's own: PostgreSQL, for several hosts that have one anyway. What is shared, and why it is enough to offer
// one atomic update, stands in docs/stores.md; a test puts this one through the same checks as the built-in stores.
import type { Clock, StateStore, Transition, UpdateOptions } from "tg-guarded";
import pg from "pg";
import { transactions, type Ask } from "./transactions.js";

export interface PostgresqlStoreOptions {
  /** `postgresql://user:password@host:port/database` */
  readonly url: string;
  /** Made when it is missing. @defaultValue "tg_guarded_state" */
  readonly table?: string;
  /** For connecting and for each statement, in milliseconds. @defaultValue 5000 */
  readonly timeoutMs?: number;
  /** For tests, in place of the server's clock. */
  readonly clock?: Clock;
}

interface Table {
  readonly name: string;
  /** The name as it stands in a statement. */
  readonly sql: string;
  readonly clock: Clock | undefined;
}

/** The server's clock, which all hosts share. `now()` would stand still within a transaction. */
const NOW = "floor(extract(epoch FROM clock_timestamp()) * 1000)::float8";

/** Errors: `store_unavailable` when PostgreSQL does not answer. Nothing is ever answered from memory. */
export async function postgresqlStore(options: PostgresqlStoreOptions): Promise<StateStore> {
  const { url, table: name = "tg_guarded_state", timeoutMs = 5000, clock } = options;
  const table: Table = { name, sql: pg.escapeIdentifier(name), clock };
  const database = transactions(url, timeoutMs);
  const inTurn = queues();
  try {
    await database.run((ask) => prepare(ask, table), { durable: true });
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    update: <S, R>(key: string, transition: Transition<S, R>, { durable = false }: UpdateOptions = {}) =>
      inTurn(key, () => database.run((ask) => change(ask, table, key, transition), { durable })),
    async *entries<S>(prefix: string) {
      const rows = await database.run(async (ask) => {
        const alive = "starts_with(key, $1) AND coalesce(expires_at > $2, true)";
        return ask(`SELECT key, state FROM ${table.sql} WHERE ${alive}`, [prefix, await nowOf(ask, table)]);
      });
      for (const { key, state } of rows) yield [String(key), JSON.parse(String(state)) as S] as const;
    },
    close: () => database.close(),
  };
}

async function prepare(ask: Ask, table: Table): Promise<void> {
  // Two that make it at the same moment would get in each other's way, IF NOT EXISTS or not.
  await ask("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))", [table.name]);
  // Text and not jsonb, which takes no \u0000. "C" compares bytes, whatever the language of the database.
  const columns = `key text COLLATE "C" PRIMARY KEY, state text NOT NULL, expires_at float8`;
  await ask(`CREATE TABLE IF NOT EXISTS ${table.sql} (${columns})`);
  await ask(`DELETE FROM ${table.sql} WHERE expires_at <= $1`, [await nowOf(ask, table)]);
}

async function change<S, R>(ask: Ask, table: Table, key: string, transition: Transition<S, R>): Promise<R> {
  // A lock on the key, since there may be no row yet. Reading is a statement of its own: each sees what was committed
  // before it began.
  await ask("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [`${table.name}:${key}`]);
  const now = await nowOf(ask, table);
  const [row] = await ask(`SELECT state FROM ${table.sql} WHERE key = $1 AND coalesce(expires_at > $2, true)`, [
    key,
    now,
  ]);
  const current = row === undefined ? undefined : (JSON.parse(String(row["state"])) as S);
  const { next, result, expiresAt = Infinity } = transition(current, now);
  if (next === current) return result;
  if (next === undefined) await ask(`DELETE FROM ${table.sql} WHERE key = $1`, [key]);
  else {
    const write = `INSERT INTO ${table.sql} VALUES ($1, $2, $3) ON CONFLICT (key) DO UPDATE SET state = $2, expires_at = $3`;
    await ask(write, [key, JSON.stringify(next), expiresAt < Infinity ? expiresAt : null]);
  }
  return result;
}

const nowOf = async (ask: Ask, { clock }: Table): Promise<number> =>
  clock?.now() ?? Number((await ask(`SELECT ${NOW} AS now`))[0]?.["now"]);

/** Updates of one key go one after the other, in the order in which they were asked for, on one connection at a time. */
function queues(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key);
    const mine = before === undefined ? work() : before.then(work, work);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
