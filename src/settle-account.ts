import type { SessionOptions } from "./session/session-options.js";
import { assertExpected, usernamesOf } from "./session/expected-account.js";
import type { OpenSession } from "./session/open-session.js";
import type { Connection } from "./telegram/connect.js";

/**
 * Makes sure that the session is the expected account's, and notes whose it is. Only a username has to be asked for: whose
 * id it is the connection knows.
 *
 * @throws {@link GuardError} `account_mismatch`
 */
export async function settleAccount(
  connection: Connection,
  session: OpenSession,
  { expect }: Pick<SessionOptions, "expect">,
): Promise<void> {
  const self = expect?.username === undefined ? undefined : await connection.me();
  const id = connection.selfId;
  if (id === undefined) return;
  const usernames = self === undefined ? [] : usernamesOf(self);
  if (expect !== undefined) assertExpected(expect, { id, usernames });
  const [username] = usernames;
  await session.save({ id, ...(username === undefined ? {} : { username }) });
}
