import { GuardedClient, isGuardError, logIn, memoryStore, type LoggedIn, type LoginOptions } from "tg-guarded";
import type { Sandbox } from "tg-guarded/testing";

/** An account that can log in, as the sandbox tells of it. */
export const accountOf = (sandbox: Sandbox, nth = 0) => {
  const account = sandbox.info.accounts[nth];
  if (account === undefined) throw new Error(`The sandbox has no account ${nth}.`);
  return account;
};

/** Logs in to the sandbox. */
export function enter(
  sandbox: Sandbox,
  options: Pick<LoginOptions, "prompts"> & Partial<LoginOptions>,
): Promise<LoggedIn> {
  const { apiId, apiHash, server } = sandbox.clientOptions();
  return logIn({ apiId, apiHash, server, ...options });
}

/** The @name of whose session it is. */
export async function ownerOf(sandbox: Sandbox, { session }: LoggedIn): Promise<string | undefined> {
  const options = { ...sandbox.clientOptions(), session: { string: session.expose() }, store: memoryStore() };
  await using client = await GuardedClient.open(options);
  return (await client.read.me()).username;
}

/** The reason of a failed login, the name of Telegram's refusal, or the code. */
export async function reasonOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (isGuardError(error, "login_failed")) return error.details.reason;
    if (isGuardError(error, "telegram_error")) return error.details.name;
    if (isGuardError(error)) return error.code;
    throw error;
  }
  return "none";
}
