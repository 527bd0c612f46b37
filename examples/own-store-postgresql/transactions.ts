import { GuardError } from "tg-guarded";
import pg from "pg";

type Row = Readonly<Record<string, unknown>>;
/** Sends one statement. Rejects with `store_unavailable` alone. */
export type Ask = (statement: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

export interface Transactions {
  /** All that `work` asks, or nothing. What it throws is passed on; a commit that is not confirmed is a failure. */
  run<T>(work: (ask: Ask) => Promise<T>, options?: { readonly durable?: boolean }): Promise<T>;
  close(): Promise<void>;
}

/** @param timeoutMs for connecting and for each statement, waits for other processes included */
export function transactions(url: string, timeoutMs: number): Transactions {
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: timeoutMs,
    statement_timeout: timeoutMs,
    query_timeout: timeoutMs + 500,
    // A process that is halted in the middle gives its lock back.
    idle_in_transaction_session_timeout: timeoutMs,
  });
  // An idle connection that breaks is replaced by the next one.
  pool.on("error", () => undefined);
  let closing: Promise<void> | undefined;

  return {
    async run(work, { durable = false } = {}) {
      if (closing !== undefined) throw unavailable("The store is closed.");
      const connection = await pool.connect().catch(noAnswer);
      const state = { isBroken: false };
      const ask: Ask = async (statement, values = []) => {
        try {
          return (await connection.query<Row>(statement, [...values])).rows;
        } catch (error) {
          state.isBroken = true;
          return noAnswer(error);
        }
      };
      try {
        // Off, a commit does not wait for the disk: a power cut may take the last moments back, but never a part of one.
        await ask(`BEGIN; SET LOCAL synchronous_commit TO ${durable ? "on" : "off"}`);
        const result = await work(ask);
        await ask("COMMIT");
        return result;
      } catch (error) {
        if (!state.isBroken) await ask("ROLLBACK");
        throw error;
      } finally {
        connection.release(state.isBroken);
      }
    },
    close: () => (closing ??= pool.end()),
  };
}

const noAnswer = (cause: unknown): never => {
  throw unavailable("PostgreSQL does not answer; nothing was sent.", cause);
};

const unavailable = (message: string, cause?: unknown): GuardError<"store_unavailable"> =>
  new GuardError("store_unavailable", message, {
    details: { store: "postgresql" },
    nextStep: "Look whether the database runs, can be reached and has room; then try again.",
    cause,
  });
