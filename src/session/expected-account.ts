import { GuardError } from "../errors.js";

/** Whose session it should be. */
export interface ExpectedAccount {
  readonly id?: number;
  /** With or without `@`; its case does not count. */
  readonly username?: string;
}

/** Whose it is. */
export interface FoundAccount {
  readonly id: number;
  readonly usernames: readonly string[];
}

/** What Telegram says of a user's names: null stands for what was not sent, whatever the types of GramJS say. */
interface NamedUser {
  readonly username?: string | null;
  readonly usernames?: readonly { readonly username: string }[] | null;
}

export const usernamesOf = ({ username, usernames }: NamedUser): readonly string[] =>
  [username, ...(usernames ?? []).map((each) => each.username)].filter((name) => typeof name === "string");

/** @throws {@link GuardError} `account_mismatch` */
export function assertExpected(expected: ExpectedAccount, found: FoundAccount): void {
  const name = expected.username === undefined ? undefined : plain(expected.username);
  const fits =
    (expected.id === undefined || expected.id === found.id) &&
    (name === undefined || found.usernames.map(plain).includes(name));
  if (fits) return;
  const [wanted, is] = [describe(expected.id, name), describe(found.id, found.usernames[0])];
  throw new GuardError("account_mismatch", `The session belongs to ${is}; ${wanted} was expected.`, {
    details: { expected: wanted, found: is },
    nextStep:
      "Name that account's session, or correct TG_EXPECTED_USERNAME, TG_EXPECTED_USER_ID, `sessions: { expect }`.",
  });
}

const plain = (username: string): string => username.replace(/^@/, "").toLowerCase();

const describe = (id: number | undefined, username: string | undefined): string =>
  [username === undefined ? "" : `@${username}`, id === undefined ? "" : String(id)]
    .filter((each) => each !== "")
    .join(", ");
