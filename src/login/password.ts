import type { Api } from "telegram";
import { Redacted } from "../redacted.js";
import type { Flow } from "./flow.js";
import { loginFailed, promptMissing, refusalOf } from "./refusals.js";

const TRIES = 3;
/** Challenges that grow old again and again are no mistake of a person. */
const MOST_CHALLENGES = 8;

/** The second step, where the account has a password. Each try has a challenge of its own. */
export async function byPassword({ wire, prompts, signal }: Flow): Promise<Api.auth.TypeAuthorization> {
  if (prompts.password === undefined) throw promptMissing("password");
  let tried = 0;
  for (let asked = 0; tried < TRIES && asked < MOST_CHALLENGES; asked++) {
    const about = await wire.invoke(new wire.api.account.GetPassword(), signal);
    const hint = about.hint ?? "";
    const given = await prompts.password({
      ...(hint === "" ? {} : { hint }),
      ...(tried > 0 ? { again: "wrong" } : {}),
    });
    signal.throwIfAborted();
    const proof = await wire.prove(about, typeof given === "string" ? new Redacted(given) : given);
    try {
      return await wire.invoke(new wire.api.auth.CheckPassword({ password: proof }), signal);
    } catch (error) {
      const name = refusalOf(error);
      if (name === "PASSWORD_HASH_INVALID") tried++;
      // Somebody has changed the password meanwhile, or the challenge has grown old.
      else if (name !== "SRP_ID_INVALID" && name !== "SRP_PASSWORD_CHANGED") throw error;
    }
  }
  throw loginFailed(tried === TRIES ? "password_wrong" : "unexpected");
}
