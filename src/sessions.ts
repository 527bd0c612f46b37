import { readStoreEnv } from "./env/read-env.js";
import { readNamedSession, readSessions } from "./env/sessions.js";
import { settingsOf } from "./env/settings.js";
import { parseInput } from "./input.js";
import { folderOf, sessionOptionsSchema, type SessionOptions } from "./session/session-options.js";
import { Sessions } from "./session/sessions.js";
import type { StateStore } from "./stores/store.js";
import { versioned } from "./stores/versioned.js";
import { PRODUCTION, type TelegramServer } from "./telegram/data-centers.js";

/** What {@link openSessions} takes; the TG_* variables give the rest. */
export interface OpenSessionsOptions {
  /** Where sessions and state live. */
  readonly dataDir?: string;
  readonly sessions?: Pick<SessionOptions, "dir" | "encryption" | "passphrase" | "keyRing">;
  /** Whose addresses are written into exported strings. @defaultValue Telegram's own */
  readonly server?: TelegramServer;
  /** The state store that sessions are adopted by; it is closed after each use. */
  readonly openStore?: () => Promise<StateStore>;
}

/**
 * The session files of the data folder that the TG_* variables name (TG_DATA_DIR, TG_SESSIONS_DIR, TG_STATE_URL and those
 * about encryption). What is passed wins over them.
 *
 * @throws {@link GuardError} `input_invalid`
 *
 * @example
 * ```ts
 * import { mkdtemp } from "node:fs/promises";
 * import { openSessions } from "tg-guarded";
 *
 * const sessions = openSessions({ dataDir: await mkdtemp("/tmp/tg-guarded-") });
 * for (const { name, account, problem } of await sessions.list()) console.log(name, account?.username, problem?.message);
 * ```
 */
export function openSessions(options: OpenSessionsOptions = {}): Sessions {
  const { env } = settingsOf(process.env);
  const fromEnv = readStoreEnv(env);
  const { server = PRODUCTION, openStore = fromEnv.openStore, dataDir = fromEnv.dataDir } = options;
  const parsed = parseInput(sessionOptionsSchema, { ...readSessions(env), ...options.sessions }, "sessions");
  return new Sessions({
    ...parsed,
    dataDir,
    folder: folderOf(parsed, dataDir),
    addressOf: (dcId) => server.dcs.find(({ id }) => id === dcId),
    named: readNamedSession(env),
    openStore: async () => versioned(await openStore()),
  });
}
