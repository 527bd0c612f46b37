import { GuardError } from "../errors.js";
import { exposedSecrets, readConfig, type Config } from "./config-file.js";
import { readPolicies } from "./policy-file.js";
import { tightened } from "./tighten.js";
import { unknownVariables } from "./unknown-variables.js";
import { read, type Env } from "./values.js";

/** All variables that count, as far as the user's policy allows, and where each comes from. */
export interface Settings {
  readonly env: Env;
  /** The account of the configuration file, where one was chosen. */
  readonly account?: string;
  /** `undefined` for one that is not set. */
  sourceOf(name: string): string | undefined;
  /** The policies that hold. */
  readonly policies: readonly string[];
  /** What the policies did not let count. */
  readonly overruled: readonly string[];
  /** What a person should know of them. */
  readonly notices: readonly string[];
}

interface Layer {
  readonly source: string;
  readonly env: Env;
}

/** The environment, over the account that TG_ACCOUNT names, over what the configuration file says for all; within the policy. */
export function settingsOf(env: Env): Settings {
  const config = readConfig(env);
  const account = read(env, "TG_ACCOUNT");
  const layers = [{ source: "environment", env }, ...accountLayers(config, account), ...sharedLayers(config)];
  return settled(layers, env, config, account);
}

/**
 * The account of this name, over what the configuration file says for all, over the environment: so that several accounts
 * in one program keep apart.
 */
export function settingsOfAccount(env: Env, account: string): Settings {
  const config = readConfig(env);
  const layers = [...accountLayers(config, account), ...sharedLayers(config), { source: "environment", env }];
  return settled(layers, env, config, account);
}

function settled(
  layers: readonly Layer[],
  env: Env,
  config: Config | undefined,
  account: string | undefined,
): Settings {
  const isSet = (name: string) => (layer: Layer) => read(layer.env, name) !== undefined;
  const layered = Object.assign({}, ...layers.map((layer) => setOnes(layer.env)).reverse()) as Env;
  const policies = readPolicies(env);
  const held = tightened(layered, policies);
  return {
    env: held.env,
    ...(account === undefined ? {} : { account }),
    sourceOf: (name) =>
      read(held.env, name) === undefined ? undefined : (held.decidedBy.get(name) ?? layers.find(isSet(name))?.source),
    policies: policies.map(({ path }) => path),
    overruled: held.overruled,
    notices: [...unknownVariables(env), ...held.overruled, ...(config === undefined ? [] : exposedSecrets(config))],
  };
}

/** An empty variable counts as absent, so it hides nothing below it. */
const setOnes = (env: Env): Env =>
  Object.fromEntries(Object.entries(env).filter(([name]) => read(env, name) !== undefined));

const sharedLayers = (config: Config | undefined): readonly Layer[] =>
  config === undefined ? [] : [{ source: config.path, env: config.shared }];

function accountLayers(config: Config | undefined, account: string | undefined): readonly Layer[] {
  if (account === undefined) return [];
  const env = config?.accounts.get(account);
  if (config !== undefined && env !== undefined) return [{ source: `${config.path}, accounts.${account}`, env }];
  const there =
    config === undefined ? "There is no configuration file." : `It has: ${[...config.accounts.keys()].join(", ")}.`;
  throw new GuardError("input_invalid", `The configuration file has no account ${account}.`, {
    details: { path: "TG_ACCOUNT" },
    nextStep: `${there} Add [accounts.${account}] to it, or name another.`,
  });
}
