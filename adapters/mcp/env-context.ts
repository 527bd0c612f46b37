import type { ClientOptions, GuardedClient, SessionPlane } from "tg-guarded";
import type { ServerContext } from "./context.js";
import { LazyClient } from "./lazy-client.js";

export interface EnvContextOptions {
  readonly plane: SessionPlane;
  /** A file of variables, as --env-file names it. */
  readonly envFile?: string | undefined;
  /** Won over whatever the variables say. */
  readonly overrides: () => Partial<ClientOptions> | Promise<Partial<ClientOptions>>;
}

/** What the tools work with where everything comes from the TG_* variables. Nothing is read or loaded before a tool needs it. */
export interface EnvContext extends ServerContext {
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
  const open = async (session: string | undefined): Promise<GuardedClient> => {
    const { GuardedClient } = await load();
    const own = session === undefined ? {} : { session };
    return GuardedClient.fromEnv({ sessions: { plane }, ...(await overrides()), ...own });
  };
  const client = new LazyClient(() => open(chosen));
  return {
    client: () => client.get(),
    sessions: {
      current: () => chosen ?? process.env["SESSION_NAME"],
      list: async () =>
        (await load())
          .openSessions()
          .list()
          .then((all) => all.map(({ name }) => name).sort()),
      async use(name) {
        const { GuardError } = await load();
        if (!maySwitch(plane)) {
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
    close: () => client.close(),
  };
}

/** Reading does no harm in another account; writing might. */
const maySwitch = (plane: SessionPlane): boolean =>
  (process.env["TG_ALLOW_SESSION_SWITCH"] ?? (plane === "read" ? "1" : "0")) === "1";
