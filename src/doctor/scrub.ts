import { read, type Env } from "../env/values.js";
import { VARIABLES } from "../env/variables.js";
import type { Finding } from "./finding.js";

const HIDDEN = "[redacted]";

/** A session string of GramJS or Telethon; the 32 hex digits of an application's hash: also where they should not be. */
const LIKE_A_SECRET = /1[A-Za-z0-9+/_-]{200,}={0,2}|\b[0-9a-f]{32}\b/gi;
/** User and password in an address. */
const CREDENTIALS = /(\b[a-z][a-z0-9+.-]*:\/\/)\S*@/gi;
/** Shorter texts are no secrets, and stand in many words. */
const LEAST = 4;
/** The same for what may be a secret, to judge by its name: of another program, or of ours and misspelt. */
const LEAST_OF_OTHERS = 8;
const NAMED_LIKE_A_SECRET = /token|secret|passw|passphrase|credential|api_?(key|hash)|private_?key|^TG_/i;

/** Commands for secrets may hold one among their words; the operator's key is a hash that can be tried out. */
const isHidden = (name: string): boolean =>
  VARIABLES.get(name)?.isSecret === true || name.startsWith("TG_SECRET_CMD_") || name === "TG_OPERATOR_SECRET_HASH";

/** What may be shown of a variable's value. */
export const shownValue = (name: string, value: string): string =>
  isHidden(name) ? "is set" : `= ${withoutPatterns(value)}`;

const withoutPatterns = (text: string): string =>
  text.replace(LIKE_A_SECRET, HIDDEN).replace(CREDENTIALS, `$1${HIDDEN}@`);

/**
 * Takes out of a finding what no error should hold in the first place: the values of all secrets that are set.
 *
 * @param others also hides what may be a secret to judge by its name alone: for what another program wrote
 */
export function scrubber(env: Env, others = false): (finding: Finding) => Finding {
  const secrets = Object.keys(env)
    .flatMap((name) => secretsIn(name, read(env, name) ?? "", others))
    .sort((a, b) => b.length - a.length);
  const scrub = (text: string): string =>
    withoutPatterns(secrets.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text));
  return ({ text, mend, ...rest }) => ({
    ...rest,
    text: scrub(text),
    ...(mend === undefined ? {} : { mend: scrub(mend) }),
  });
}

/** Lines of their own, too: what other programs write is told line by line. */
function secretsIn(name: string, value: string, others: boolean): readonly string[] {
  const isOthers = others && !VARIABLES.has(name) && NAMED_LIKE_A_SECRET.test(name);
  if (!isHidden(name) && !isOthers) return [];
  const least = isOthers ? LEAST_OF_OTHERS : LEAST;
  return [value, ...value.split(/\r?\n/)].filter((text) => text.length >= least);
}
