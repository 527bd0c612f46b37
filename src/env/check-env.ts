import type { ClientOptions } from "../options.js";
import { parseEnvOptions } from "./option-variables.js";
import { readEnv } from "./read-env.js";
import { providerOf } from "./secrets.js";
import { settingsOf, type Settings } from "./settings.js";
import { read, type Env } from "./values.js";

/** The variables of this process as programs of the package see them. */
export interface EnvCheck {
  /** What counts of a variable once the configuration file and the policy were read. */
  readonly variable: (name: string) => string | undefined;
  /** The name of the session that they choose; absent where it is chosen by a path, or is a sandbox's own. */
  readonly session?: string;
  /** What a person who set them should know: what is misspelt, has no effect, or is more than the policy allows. */
  readonly notices: readonly string[];
}

/**
 * Looks at the TG_* variables as {@link GuardedClient.fromEnv} would, without opening anything: no key ring, no command, no
 * session, no store. For programs that open a client only later.
 *
 * Errors: `input_invalid`, which names the variable and where it is set.
 *
 * @example
 * ```ts
 * import { checkEnv } from "tg-guarded";
 *
 * for (const notice of checkEnv().notices) console.error(notice);
 * ```
 */
export function checkEnv(overrides: Partial<ClientOptions> = {}): EnvCheck {
  const settings = settingsOf(process.env);
  const { options, notices } = readEnv(withoutSecrets(settings), overrides);
  parseEnvOptions(options, settings, overrides);
  const { session } = options;
  return {
    variable: (name) => read(settings.env, name),
    ...(typeof session === "string" ? { session } : {}),
    notices: [...settings.notices, ...notices],
  };
}

/** Where they come from elsewhere, they are asked for only once they are needed. */
const withoutSecrets = ({ env }: Settings): Env =>
  providerOf(env) === "env" ? env : { ...env, TG_API_ID: "1", TG_API_HASH: "asked for later" };
