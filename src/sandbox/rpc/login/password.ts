import { randomBytes } from "node:crypto";
import { emailPattern } from "../../login/code-ways.js";
import { DH_GENERATOR, DH_PRIME } from "../../mtproto/diffie-hellman.js";
import type * as Tl from "../../tl/types.js";
import type { Account } from "../../world/account.js";
import { RpcError } from "../handler.js";
import { notServed, refuse } from "../handlers/refuse.js";
import type { LoginContext, LoginHandlers } from "./context.js";
import { authorizationOf, enter } from "./enter.js";

const KDF = "passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow";
const kdf = (salt1: Uint8Array, salt2: Uint8Array): Tl.TypePasswordKdfAlgo => ({
  _: KDF,
  salt1,
  salt2,
  g: DH_GENERATOR,
  p: DH_PRIME,
});

/** Whose password is asked for: of who is about to log in, or is. */
const owner = (context: LoginContext): Account => context.key.awaited?.account ?? context.account;

/** With what a new password would be hashed. */
const forNewPasswords = () => ({
  new_algo: kdf(randomBytes(8), randomBytes(16)),
  new_secure_algo: { _: "securePasswordKdfAlgoPBKDF2HMACSHA512iter100000", salt: randomBytes(8) } as const,
  secure_random: randomBytes(256),
});

function beginCheck({ logins }: LoginContext, account: Account): Partial<Tl.account_password> {
  if (account.password === undefined) return {};
  const { id, exchange } = logins.passwords.begin(account, account.password);
  const { verifier, publicValue } = exchange;
  return {
    has_password: true,
    current_algo: kdf(verifier.salt1, verifier.salt2),
    srp_B: publicValue,
    srp_id: id,
    hint: account.hint,
  };
}

/** @throws PASSWORD_HASH_INVALID, SRP_ID_INVALID, SRP_A_INVALID, SRP_PASSWORD_CHANGED */
function prove({ logins }: LoginContext, account: Account, given: Tl.TypeInputCheckPasswordSRP): void {
  if (given._ === "inputCheckPasswordEmpty") throw refuse("PASSWORD_HASH_INVALID");
  const exchange = logins.passwords.take(account, given.srp_id);
  if (!exchange) throw refuse("SRP_ID_INVALID");
  if (exchange.verifier.password !== account.password) throw refuse("SRP_PASSWORD_CHANGED");
  const proven = exchange.proves(given.A, given.M1);
  if (proven === undefined) throw refuse("SRP_A_INVALID");
  if (!proven) throw refuse("PASSWORD_HASH_INVALID");
}

const WRONG: ReadonlySet<string> = new Set(["PASSWORD_HASH_INVALID", "CODE_INVALID"]);

/** Lets somebody try, so many times in a while. @throws FLOOD_WAIT_X */
function trying(context: LoginContext, account: Account, attempt: () => void): void {
  const { wrongPasswords } = context.logins;
  const subject = String(account.id);
  const wait = wrongPasswords.waitSeconds(subject, context.now);
  if (wait > 0) throw new RpcError(420, `FLOOD_WAIT_${wait}`);
  try {
    attempt();
  } catch (error) {
    if (error instanceof RpcError && WRONG.has(error.message)) wrongPasswords.count(subject, context.now);
    throw error;
  }
}

/** The code that is mailed to whoever forgot the password. @throws CODE_INVALID, PASSWORD_RECOVERY_NA */
function recovering(context: LoginContext, code: string): Account {
  const account = owner(context);
  if (account.email === undefined) throw refuse("PASSWORD_RECOVERY_NA");
  trying(context, account, () => {
    if (code !== account.code) throw refuse("CODE_INVALID");
  });
  return account;
}

/** The password was right: whoever waited for it is in. */
const proven = (context: LoginContext, account: Account): Tl.auth_authorization =>
  context.key.awaited ? enter(context, context.key.awaited) : authorizationOf(context, account);

/** Two-step verification: core.telegram.org/api/srp */
export const password = {
  "account.getPassword": (_, context) => {
    const account = owner(context);
    return {
      _: "account.password",
      has_recovery: account.email === undefined ? undefined : true,
      ...beginCheck(context, account),
      ...forNewPasswords(),
    };
  },
  "auth.checkPassword": ({ password: given }, context) => {
    const account = owner(context);
    trying(context, account, () => {
      prove(context, account, given);
    });
    return proven(context, account);
  },
  "auth.requestPasswordRecovery": (_, context) => {
    const { email } = owner(context);
    if (email === undefined) throw refuse("PASSWORD_RECOVERY_NA");
    return { _: "auth.passwordRecovery", email_pattern: emailPattern(email) };
  },
  "auth.checkRecoveryPassword": ({ code }, context) => {
    recovering(context, code);
    return true;
  },
  "auth.recoverPassword": ({ code, new_settings }, context) => {
    if (new_settings) throw notServed();
    const account = recovering(context, code);
    context.world.changeLogin(account.id, { password: undefined, hint: undefined });
    return proven(context, account);
  },
} satisfies LoginHandlers;
