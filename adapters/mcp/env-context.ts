import type { ClientOptions, EnvCheck, GuardedClient, SessionPlane } from "tg-guarded";
import type { ServerContext } from "./context.js";
import { LazyClient } from "./lazy-client.js";
import { LOG_LEVELS, log, logLevel } from "./log.js";

export interface EnvContextOptions {
  readonly plane: SessionPlane;
  /** A file of variables, as --env-file names it. */
  readonly envFile?: string | undefined;
  /** Won over whatever the variables say. */
  readonly overrides: () => Partial<ClientOptions> | Promise<Partial<ClientOptions>>;
}

/** What the tools work with where everything comes from the TG_* variables. Nothing is read or loaded before it is needed. */
export interface EnvContext extends ServerContext {
  /** Tells on standard error what is wrong with the variables: a person finds it there before the first tool does. */
  look(): Promise<void>;
  close(): Promise<void>;
}

export function envContext({ plane, envFile, overrides }: EnvContextOptions): EnvContext {
  let chosen: string | undefined;
  let hasVariables = false;
  const load = async () => {
    const sdk = await import("tg-guarded");
    if (!hasVariables) sdk.loadEnvFile(envFile);
    hasVariables = true;
    return sdk;
  };
  const optionsOf = async (session: string | undefined): Promise<Partial<ClientOptions>> => ({
    sessions: { plane },
    ...(await overrides()),
    ...(session === undefined ? {} : { session }),
  });
  const open = async (session: string | undefined): Promise<GuardedClient> => {
    const { GuardedClient } = await load();
    return GuardedClient.fromEnv(await optionsOf(session));
  };
  const client = new LazyClient(() => open(chosen));
  return {
    client: () => client.get(),
    sessions: {
      async current() {
        if (chosen !== undefined) return chosen;
        const { checkEnv, isGuardError } = await load();
        try {
          return checkEnv(await optionsOf(undefined)).session;
        } catch (error) {
          // What is wrong with the variables is told by whatever needs the client; the list is still there.
          if (isGuardError(error)) return undefined;
          throw error;
        }
      },
      list: async () =>
        (await load())
          .openSessions()
          .list()
          .then((all) => all.map(({ name }) => name).sort()),
      async use(name) {
        const { GuardError, checkEnv } = await load();
        if (!maySwitch(checkEnv(await optionsOf(name)), plane)) {
          throw new GuardError("session_invalid", "The session may not be switched here.", {
            details: { session: name, reason: "elsewhere" },
            nextStep: "A person who may decide that sets TG_ALLOW_SESSION_SWITCH=1 for this server.",
          });
        }
        // The one in use stays where the other does not open.
        const other = await open(name);
        await client.replace(other);
        chosen = name;
      },
    },
    async look() {
      const { checkEnv, isGuardError } = await load();
      try {
        const { notices, variable } = checkEnv(await optionsOf(undefined));
        const level = variable("LOG_LEVEL");
        if (level !== undefined) process.env["LOG_LEVEL"] = level;
        if (logLevel() === undefined) log("warning", `LOG_LEVEL must be one of ${LOG_LEVELS.join(", ")}.`);
        for (const notice of notices) process.emitWarning(notice);
      } catch (error) {
        if (!isGuardError(error)) throw error;
        log("error", `${error.message} ${error.nextStep}`);
      }
    },
    close: () => client.close(),
  };
}

/** Reading does no harm in another account; writing might. */
const maySwitch = ({ variable }: EnvCheck, plane: SessionPlane): boolean =>
  (variable("TG_ALLOW_SESSION_SWITCH") ?? (plane === "read" ? "1" : "0")) === "1";
