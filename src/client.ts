import { join } from "node:path";
import type { ActionsApi } from "./actions/actions-api.js";
import { withOperatorKey } from "./actions/operator-key-file.js";
import { GuardError, type Quota } from "./errors.js";
import { Events, type EventName, type Listener } from "./events.js";
import { ExportApi } from "./export/export-api.js";
import type { FileAccess } from "./files/access.js";
import { deadHealth, readHealth, resetCircuits, stopWrites, type Health } from "./guards/health.js";
import { longRunRate } from "./guards/budgets.js";
import { quotaReader } from "./guards/quota.js";
import { parseInput } from "./input.js";
import { Metrics } from "./metrics.js";
import { openActions } from "./open-actions.js";
import { openConnection } from "./open-connection.js";
import { parseEnvOptions } from "./env/option-variables.js";
import { readEnv } from "./env/read-env.js";
import { withSecrets } from "./env/secrets.js";
import { settingsOf, settingsOfAccount, type Settings } from "./env/settings.js";
import { optionsSchema, fileAccess, type ClientOptions, type ParsedOptions } from "./options.js";
import { RawApi } from "./raw.js";
import { readPorts } from "./read-ports.js";
import { ReadApi } from "./read/read-api.js";
import type { ReadPorts } from "./read/status.js";
import { openSession, type OpenSession } from "./session/open-session.js";
import { openingOf } from "./session/session-options.js";
import { settleAccount } from "./settle-account.js";
import type { StateStore } from "./stores/store.js";
import { storeIdOf } from "./stores/store-id.js";
import { versioned } from "./stores/versioned.js";
import type { Connection } from "./telegram/connect.js";

interface Parts {
  readonly connection: Connection;
  readonly events: Events;
  readonly metrics: Metrics;
  readonly store: StateStore;
  /** Absent without an actions policy; an error where the session must not write. */
  readonly actions: ActionsApi | GuardError | undefined;
  readonly session: OpenSession;
  readonly ports: ReadPorts;
  /** Requests for messages a second, as the budgets allow them. */
  readonly historyRate: number;
  /** Inside of which folders files may be written. */
  readonly files: FileAccess;
  /** Only a store that the client opened itself is closed with it. */
  readonly ownStore: StateStore | undefined;
}

/**
 * A personal Telegram account behind guards. Every request, of every part, passes the same chain.
 *
 * @example
 * ```ts
 * import { GuardedClient } from "tg-guarded";
 * import { startSandbox } from "tg-guarded/testing";
 *
 * await using sandbox = await startSandbox();
 * await using client = await GuardedClient.open(sandbox.clientOptions());
 * console.log((await client.read.me()).firstName);
 * ```
 */
export class GuardedClient implements AsyncDisposable {
  /** Everything one can read. */
  readonly read: ReadApi;
  /** Writes what one can read to files. */
  readonly export: ExportApi;
  /** Requests of GramJS's own making, reads only. */
  readonly raw: RawApi;
  /** What the guards counted. */
  readonly metrics: Pick<Metrics, "snapshot" | "prometheus">;
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    const { connection, metrics } = parts;
    this.#parts = parts;
    this.read = new ReadApi(connection, parts.ports, parts.files);
    this.export = new ExportApi(connection, metrics, parts.historyRate, parts.files);
    this.raw = new RawApi(connection);
    this.metrics = metrics;
  }

  /**
   * Opens the session. Telegram is asked who the account is unless this store has seen the session before.
   *
   * Errors: `input_invalid`, `session_invalid`, `session_locked`, `session_conflict`, `session_dead`, `account_mismatch`,
   * `secret_unavailable`, `file_error`, `server_unreachable`, `handshake_failed`, `store_unavailable`, `state_lost`,
   * `state_newer`, and those of every call ({@link GuardError}).
   *
   * @example
   * ```ts
   * import { approvers, GuardedClient } from "tg-guarded";
   *
   * await using client = await GuardedClient.open({
   *   ...sandbox.clientOptions(), // for your account: apiId, apiHash and session
   *   limits: { perSecond: 2 },
   *   actions: { allow: ["@tidewater_lab"], approver: approvers.terminal() },
   * });
   * ```
   */
  static async open(options: ClientOptions): Promise<GuardedClient> {
    const parsed = parseInput(optionsSchema, options, "options");
    return parsed.store === undefined
      ? openWithOwnStore(await openDefaultStore(parsed.dataDir), (store) => GuardedClient.#open(parsed, store, store))
      : GuardedClient.#open(parsed, parsed.store);
  }

  /**
   * Opens the session that the TG_* variables name. `overrides` win over the environment, and that over the account
   * TG_ACCOUNT of the configuration file, and that over what the file says for all.
   *
   * Errors: as {@link GuardedClient.open}.
   *
   * @example
   * ```ts
   * import { GuardedClient } from "tg-guarded";
   *
   * await using client = await GuardedClient.fromEnv({ limits: { perSecond: 2 } });
   * ```
   */
  static fromEnv(overrides: Partial<ClientOptions> = {}): Promise<GuardedClient> {
    return GuardedClient.#openSettings(settingsOf(process.env), overrides);
  }

  /**
   * Opens an account of the configuration file, so that one program can have several. `overrides` win over the account's
   * own settings, those over what the file says for all, and the file over the environment.
   *
   * Errors: as {@link GuardedClient.fromEnv}.
   *
   * @example
   * ```ts
   * import { GuardedClient, isGuardError } from "tg-guarded";
   *
   * try {
   *   await using client = await GuardedClient.fromConfig("work");
   * } catch (error) {
   *   if (isGuardError(error, "input_invalid")) console.error(error.nextStep); // there is no such account
   * }
   * ```
   */
  static fromConfig(account: string, overrides: Partial<ClientOptions> = {}): Promise<GuardedClient> {
    return GuardedClient.#openSettings(settingsOfAccount(process.env, account), overrides);
  }

  static async #openSettings(settings: Settings, overrides: Partial<ClientOptions>): Promise<GuardedClient> {
    const { options, openStore, notices } = readEnv(await withSecrets(settings.env), overrides);
    for (const notice of [...settings.notices, ...notices]) process.emitWarning(notice);
    const parsed = parseEnvOptions(options, settings, overrides);
    return parsed.store === undefined
      ? openWithOwnStore(await openStore(), (store) => GuardedClient.#open(parsed, store, store))
      : GuardedClient.#open(parsed, parsed.store);
  }

  static async #open(options: ParsedOptions, given: StateStore, ownStore?: StateStore): Promise<GuardedClient> {
    const session = await openSession(options.session, openingOf(options.sessions, options.dataDir));
    for (const notice of session.notices) process.emitWarning(notice);
    try {
      return await GuardedClient.#connect(options, session, versioned(given), ownStore);
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  static async #connect(
    options: ParsedOptions,
    session: OpenSession,
    store: StateStore,
    ownStore: StateStore | undefined,
  ): Promise<GuardedClient> {
    const { dataDir } = options;
    const policy = options.actions && withOperatorKey(options.actions, dataDir);
    const refusal = await session.bind(store);
    const storeId = await storeIdOf(store);
    const events = new Events();
    const metrics = new Metrics(events);
    const { connection, chain } = await openConnection(options, { session, store, events, metrics });
    try {
      await settleAccount(connection, session, options.sessions);
    } catch (error) {
      await connection.close();
      throw error;
    }
    const { account } = connection;
    const readQuota = quotaReader(chain);
    const quotaLeft = (quota: Quota): Promise<number> => readQuota(account, quota);
    const actions =
      policy && (refusal ?? openActions(options, { connection, policy, store, storeId, events, quotaLeft }));
    const health = (): Promise<Health> => healthOf(store, connection);
    const ports = readPorts({
      session: options.session,
      limits: options.limits,
      budget: chain,
      metrics,
      quotaLeft,
      health,
    });
    return new GuardedClient({
      connection,
      events,
      metrics,
      store,
      actions,
      session,
      ports,
      historyRate: longRunRate("messages.getHistory", chain),
      files: fileAccess(options),
      ownStore,
    });
  }

  /**
   * Everything one can change, each step approved.
   *
   * @throws {@link GuardError} `write_denied` when the client was opened without an actions policy; `store_changed` when
   * the session belongs to another state store.
   */
  get actions(): ActionsApi {
    const { actions } = this.#parts;
    if (actions instanceof GuardError) throw actions;
    if (actions !== undefined) return actions;
    throw new GuardError("write_denied", "This client was opened for reading alone.", {
      details: { method: "actions" },
      nextStep: "Open it with `actions: { allow: […] }` to write to the chats named there.",
    });
  }

  /**
   * Listens to what the guards do: waits before they begin, floods, refusals, the connection. Returns how to stop.
   *
   * @example
   * ```ts
   * const off = client.on("wait", ({ text, waitMs }) => console.error(text, waitMs));
   * off();
   * ```
   */
  on<N extends EventName>(name: N, listener: Listener<N>): () => void {
    return this.#parts.events.on(name, listener);
  }

  /**
   * How the account is, as all who share the store know it: what still passes, until when not, and why. Sends nothing.
   *
   * Errors: those of the store.
   *
   * @example
   * ```ts
   * const { status, allows, retryAfterMs } = await client.health();
   * if (!allows.writes) console.log(status, retryAfterMs);
   * ```
   */
  health(): Promise<Health> {
    return healthOf(this.#parts.store, this.#parts.connection);
  }

  /**
   * Stops all writes of the account at once, in every process and on every host that shares the store, until a person lets
   * them pass again: `client.resetCircuit()`, or `tg-guarded circuit close`. Writes are refused with `circuit_open`, also
   * of a batch that is running; one that was uncertain before stays `outcome_unknown`. What was approved stays approved for
   * its time. Reading goes on, `raw.invoke` with `leaveTrace`, too.
   *
   * Errors: those of the store.
   *
   * @example
   * ```ts
   * await client.stopWrites();
   * console.log((await client.health()).allows.writes); // false
   * await client.resetCircuit();
   * ```
   */
  async stopWrites(): Promise<void> {
    const { store, connection } = this.#parts;
    await stopWrites(store, connection.account);
  }

  /**
   * Lets pass again what was held back, for all who share the store. Where a person has stopped writes, it ends that alone;
   * where nobody has, it closes the circuit by hand: after an appeal against a freeze was granted, or when
   * the bot SpamBot says that a limit is lifted, or when writes that were stopped may pass again. Waits that Telegram asked
   * for stay.
   *
   * Errors: those of the store.
   *
   * @example
   * ```ts
   * await client.resetCircuit();
   * ```
   */
  async resetCircuit(): Promise<void> {
    const { store, connection } = this.#parts;
    await resetCircuits(store, connection.account);
  }

  /**
   * Closes the connection; what is pending ends with an error.
   *
   * @example
   * ```ts
   * import { GuardedClient } from "tg-guarded";
   *
   * const client = await GuardedClient.open(sandbox.clientOptions());
   * try {
   *   console.log((await client.read.me()).firstName);
   * } finally {
   *   await client.close(); // as `await using` does
   * }
   * ```
   */
  async close(): Promise<void> {
    const { connection, session, ownStore } = this.#parts;
    try {
      await connection.close();
    } finally {
      await session.close().finally(() => ownStore?.close());
    }
  }

  /** As {@link GuardedClient.close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

const healthOf = (store: StateStore, { dead, account }: Connection): Promise<Health> =>
  dead === undefined ? readHealth(store, account) : Promise.resolve(deadHealth(dead.details.name));

async function openWithOwnStore<T>(store: StateStore, open: (store: StateStore) => Promise<T>): Promise<T> {
  try {
    return await open(store);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function openDefaultStore(dataDir: string): Promise<StateStore> {
  const { sqliteStore } = await import("./stores/sqlite.js");
  return sqliteStore({ path: join(dataDir, "state.sqlite") });
}
