import { computeCheck } from "telegram/Password.js";
import type { Api } from "telegram/tl/index.js";
import type { Redacted } from "../redacted.js";

/** Proves that the password is known, without sending it (SRP: core.telegram.org/api/srp). */
export const passwordProof = (
  about: Api.account.Password,
  password: Redacted<string>,
): Promise<Api.InputCheckPasswordSRP> => computeCheck(about, password.expose());
