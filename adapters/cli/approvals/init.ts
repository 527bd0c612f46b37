import { askAtTerminal, initOperator, withTerminal } from "tg-guarded";

const SHORTEST = 8;

/** Asks for a secret twice and writes the key. */
export async function initKey(): Promise<void> {
  const secret = await withTerminal(async (terminal) => {
    const first = await askAtTerminal(terminal, { text: "Secret of the operator: ", hidden: true });
    const again = await askAtTerminal(terminal, { text: "Once more: ", hidden: true });
    if (first !== again) throw new Error("The two are not the same.");
    return first;
  });
  if (secret.length < SHORTEST) throw new Error(`The secret must have at least ${SHORTEST} characters.`);
  const { path, key } = initOperator(secret);
  process.stdout.write(`Written to ${path}. For another data folder set TG_OPERATOR_SECRET_HASH=${key}\n`);
}
