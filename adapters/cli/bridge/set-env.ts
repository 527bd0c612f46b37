/** Every process of the machine can read the arguments of another one. */
const SECRETS = /HASH|PHRASE|PASSWORD|TOKEN|SECRET|KEY|PROXY|TG_API_ID|TG_STATE_URL/i;

/**
 * Variables of a command line.
 *
 * @throws Error for what is none, or could be a secret; its value is not repeated
 */
export function variablesFrom(pairs: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(pairs.map(variableFrom));
}

function variableFrom(pair: string): readonly [string, string] {
  const [, name, value] = /^([A-Za-z_]\w*)=([^]*)$/.exec(pair) ?? [];
  if (name === undefined || value === undefined) throw new Error("--set-env takes NAME=VALUE.");
  if (SECRETS.test(name)) {
    throw new Error(
      `${name} may hold a secret, and every process can read a command line: put it into a file that TG_ENV_FILE names.`,
    );
  }
  return [name, value];
}
