import { clientOptions, type SandboxClientOptions } from "./client-options.js";
import { DataFolder } from "./data-folder.js";
import type { FaultRule } from "./faults.js";
import type { SandboxInfo } from "./info.js";
import type { LogEntry, LogListener } from "./log.js";
import type { SandboxWorld } from "./public-world.js";
import { createServerKey } from "./mtproto/server-key.js";
import { openWorld } from "./open-world.js";
import { SandboxServer } from "./server.js";
import type { WorldSource } from "./world/world.js";

/** What a sandbox is like, and what goes wrong in it. */
export interface SandboxOptions {
  /** A port of 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  /** Whose accounts and chats there are; `demo` by default. */
  readonly world?: WorldSource;
  /**
   * How many data centres there are, from 1 (the default) to 5. They share one world; each has a port and keys of its own.
   * Accounts live at different ones.
   */
  readonly dcs?: number;
  readonly faults?: readonly FaultRule[];
  /** A file that gets one JSON line per request. */
  readonly logFile?: string;
  /** The server's clock in milliseconds of Unix time; `Date.now` by default. */
  readonly now?: () => number;
}

/**
 * The faults in force, changed while the sandbox runs.
 *
 * @example
 * ```ts
 * sandbox.faults.add({ method: "messages.getHistory", nth: 1, error: "FLOOD_WAIT_1" });
 * console.log(sandbox.faults.unfired().length); // 1
 * sandbox.faults.set([]); // nothing goes wrong any more
 * ```
 */
export interface FaultControl {
  /**
   * Replaces all rules and their counters.
   *
   * @throws {@link SandboxError} `faults_invalid`
   */
  set(rules: readonly FaultRule[]): void;
  /**
   * Adds a rule behind the others.
   *
   * @throws {@link SandboxError} `faults_invalid`
   */
  add(rule: FaultRule): void;
  /** The rules that have not fired yet, sequences not at their end, and calls that were expected and have not come. */
  unfired(): readonly FaultRule[];
}

/**
 * A running sandbox.
 *
 * @example
 * ```ts
 * const { firstName } = await client.read.me();
 * console.log(sandbox.info.port, firstName, sandbox.log.at(-1)?.method);
 * console.log(sandbox.problems, [...sandbox.unserved.keys()]); // [] [], unless the sandbox lacks something
 * ```
 */
export interface Sandbox extends AsyncDisposable {
  readonly info: SandboxInfo;
  readonly world: SandboxWorld;
  /** Every request so far, in order of arrival. */
  readonly log: readonly LogEntry[];
  readonly faults: FaultControl;
  /** Exceptions that are the sandbox's own fault; the client saw `500 INTERNAL`. */
  readonly problems: readonly unknown[];
  /** Methods that were asked for and are not served, with how often. */
  readonly unserved: ReadonlyMap<string, number>;
  /** How many connections are open. */
  readonly connections: number;
  /**
   * What `GuardedClient.open` needs to use an account of this sandbox: by id or username, the first by default.
   *
   * @throws {@link SandboxError} `no_such_account`
   */
  readonly clientOptions: (account?: number | string) => SandboxClientOptions;
  /** Calls the listener for each request once its outcome is decided, before the reply. Returns the way to end that. */
  readonly onRequest: (listener: LogListener) => () => void;
  /** Breaks all connections off; the server goes on listening. */
  readonly dropConnections: () => void;
  /** Ends all connections and the server, and removes its data folder. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a Telegram server on this machine: MTProto 2.0 over TCP, with accounts and chats that it makes up.
 * It leaves the machine by no way, and any client that trusts its key can use it.
 *
 * @throws {@link SandboxError} `port_in_use`, `cannot_listen`, `faults_invalid`, `world_invalid`
 * @throws {@link WorldFileError} `world_file_invalid` for a file that is missing, no JSON, or neither a world file nor
 * an export
 * @throws RangeError for a number of data centres that is not 1 to 5, and for sizes that a generated world cannot have
 *
 * @example
 * ```ts
 * import { startSandbox } from "tg-guarded/testing";
 *
 * await using sandbox = await startSandbox({ faults: [{ method: "messages.getHistory", nth: 2, error: "FLOOD_WAIT_5" }] });
 * console.log(sandbox.info.port, sandbox.info.accounts[0]?.username);
 * ```
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, world = "demo", dcs = 1, faults = [], logFile, now = Date.now } = options;
  const server = new SandboxServer(await createServerKey(), { world, dcs, faults, logFile, now });
  const data = new DataFolder();
  const close = async (): Promise<void> => {
    await server.close();
    data.remove();
  };
  const info = await server.listen(port).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    info,
    world: openWorld(server.world, server.logins),
    log: server.log.entries,
    faults: server.faults,
    problems: server.problems,
    unserved: server.unserved,
    get connections() {
      return server.connections;
    },
    clientOptions: (account) => clientOptions(info, data.path, account),
    onRequest: (listener) => server.log.listen(listener),
    dropConnections: () => {
      server.dropConnections();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
