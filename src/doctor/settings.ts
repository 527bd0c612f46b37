import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { configFolder, exposedSecrets, readConfig } from "../env/config-file.js";
import { settingsOf, type Settings } from "../env/settings.js";
import { read, type Env } from "../env/values.js";
import { faultOf, ok, warning, type Finding } from "./finding.js";

/** The variables that count, and what is to be said of the files that they come from. */
export interface FoundSettings {
  readonly settings: Settings;
  readonly findings: readonly Finding[];
}

/** Without a configuration file that can be read the environment alone counts, so that the rest can be looked at. */
export function findSettings(env: Env): FoundSettings {
  try {
    const settings = settingsOf(env);
    return { settings, findings: [...configFile(env), ...policyFindings(settings), ...envFile(env)] };
  } catch (error) {
    return { settings: withoutFile(env), findings: [faultOf("configuration", error), ...envFile(env)] };
  }
}

const withoutFile = (env: Env): Settings => ({
  env,
  sourceOf: (name) => (read(env, name) === undefined ? undefined : "environment"),
  policies: [],
  overruled: [],
  notices: [],
});

const policyFindings = ({ policies, overruled }: Settings): readonly Finding[] => [
  ...policies.map((path) => ok("configuration", `${path} is the policy: nothing that is set elsewhere loosens it.`)),
  ...overruled.map((text) => warning("configuration", text)),
];

function configFile(env: Env): readonly Finding[] {
  const config = readConfig(env);
  if (config === undefined) return [];
  const { path, accounts } = config;
  const names = [...accounts.keys()].join(", ");
  return [
    ok("configuration", `${path} is read${names === "" ? "" : `; its accounts: ${names}`}.`),
    ...exposedSecrets(config).map((text) =>
      warning("configuration", text.replace(`: chmod 600 ${path}`, "."), `chmod 600 '${path}'`),
    ),
  ];
}

const OTHERS_READ = 0o044;

/** The file that the program took variables from before it came here. */
function envFile(env: Env): readonly Finding[] {
  const path = read(env, "TG_ENV_FILE") ?? join(configFolder(env), ".env");
  if (process.platform === "win32" || !existsSync(path) || (statSync(path).mode & OTHERS_READ) === 0) return [];
  return [warning("configuration", `${path} can be read by others, and may hold secrets.`, `chmod 600 '${path}'`)];
}
