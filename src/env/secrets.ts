import { GuardError } from "../errors.js";
import type { Redacted } from "../redacted.js";
import { secretFrom } from "../secrets/command.js";
import { osKeyRing, type KeyRing } from "../secrets/key-ring.js";
import { flagOf, missing, read, shown, type Env } from "./values.js";

const PROVIDERS = ["env", "keychain", "command"] as const;
type Provider = (typeof PROVIDERS)[number];

/** The secrets that a provider can give, by the variable that holds them otherwise. */
type SecretName = "TG_API_ID" | "TG_API_HASH";

async function readSecret(
  env: Env,
  name: SecretName,
  provider: Exclude<Provider, "env">,
  keyRing: () => KeyRing = osKeyRing,
): Promise<Redacted<string>> {
  switch (provider) {
    case "keychain": {
      const service = read(env, "TG_KEYCHAIN_SERVICE") ?? "tg-mcp";
      const entry = read(env, KEYCHAIN_ACCOUNTS[name]) ?? name;
      const secret = await keyRing().get(service, entry);
      if (secret === undefined) throw unavailable(name, provider, `The key ring has no entry ${service}, ${entry}.`);
      return secret;
    }
    case "command": {
      const command = read(env, COMMANDS[name]);
      if (command === undefined) throw missing(COMMANDS[name], `the command that prints ${name}`);
      return secretFrom(command);
    }
  }
}

/** Another secret than the one that was meant is not repeated. */
function assertNumber(id: Redacted<string>, provider: Exclude<Provider, "env">): void {
  if (/^\d+$/.test(id.expose().trim())) return;
  const from = { keychain: KEYCHAIN_ACCOUNTS, command: COMMANDS }[provider].TG_API_ID;
  throw unavailable("TG_API_ID", provider, `What ${from} leads to is no number.`);
}

const unavailable = (name: SecretName, source: Exclude<Provider, "env">, message: string) =>
  new GuardError("secret_unavailable", message, {
    details: { source },
    nextStep:
      source === "command"
        ? `Run the command of ${COMMANDS[name]} by hand: it must print ${name} and nothing else.`
        : `Put ${name} there, or say where it is: TG_KEYCHAIN_SERVICE and ${KEYCHAIN_ACCOUNTS[name]}, or another TG_SECRET_PROVIDER.`,
  });

/**
 * The variables with the secrets filled in from where TG_SECRET_PROVIDER says: the variables themselves, the operating
 * system's key ring, or commands. A sandbox brings its own.
 *
 * @throws {@link GuardError} `input_invalid`, `secret_unavailable`
 */
export async function withSecrets(env: Env, keyRing?: () => KeyRing): Promise<Env> {
  const provider = providerOf(env);
  if (read(env, "TG_SANDBOX") !== undefined || provider === "env") return env;
  const [id, hash] = await Promise.all([
    readSecret(env, "TG_API_ID", provider, keyRing),
    readSecret(env, "TG_API_HASH", provider, keyRing),
  ]);
  assertNumber(id, provider);
  return { ...env, TG_API_ID: id.expose(), TG_API_HASH: hash.expose() };
}

/** Under these the secrets of the original's users lie in their key rings already. */
const KEYCHAIN_ACCOUNTS = {
  TG_API_ID: "TG_KEYCHAIN_ACCOUNT_API_ID",
  TG_API_HASH: "TG_KEYCHAIN_ACCOUNT_API_HASH",
} as const;
const COMMANDS = { TG_API_ID: "TG_SECRET_CMD_API_ID", TG_API_HASH: "TG_SECRET_CMD_API_HASH" } as const;

/** TG_USE_KEYCHAIN=1 is the original's older way to say keychain. */
export function providerOf(env: Env): Provider {
  const name = read(env, "TG_SECRET_PROVIDER");
  if (name === undefined) return flagOf(env, "TG_USE_KEYCHAIN") === true ? "keychain" : "env";
  const provider = PROVIDERS.find((each) => each === name);
  if (provider === undefined) throw missing("TG_SECRET_PROVIDER", `one of ${PROVIDERS.join(", ")}, not ${shown(name)}`);
  return provider;
}
