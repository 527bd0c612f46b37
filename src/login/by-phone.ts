import type { Api } from "telegram";
import { askAtHome, type Flow } from "./flow.js";
import { byPassword } from "./password.js";
import { codeRequestOf } from "./sent-code.js";
import type { CodeRequest } from "./prompts.js";
import { loginFailed, promptMissing, refusalOf } from "./refusals.js";

/** Wrong or expired codes, and wrong numbers, before one gives up. Telegram counts too, and asks to wait. */
const TRIES = 3;

/** Logs in by a code that Telegram sends to the account's devices or phone. */
export async function byPhone(flow: Flow): Promise<Api.auth.TypeAuthorization> {
  const { phone, sent } = await askForPhone(flow);
  if (sent.className === "auth.SentCodeSuccess") return sent.authorization;
  try {
    return await askForCode(flow, phone, sent);
  } catch (error) {
    if (refusalOf(error) === "SESSION_PASSWORD_NEEDED") return byPassword(flow);
    throw error;
  }
}

interface Sent {
  readonly phone: string;
  readonly sent: Api.auth.TypeSentCode;
}

async function askForPhone(flow: Flow): Promise<Sent> {
  const { prompts, signal } = flow;
  if (prompts.phone === undefined) throw promptMissing("phone");
  for (let tried = 1; ; tried++) {
    const phone = (await prompts.phone(...(tried === 1 ? [] : (["invalid"] as const)))).replace(/[^\d+]/g, "");
    signal.throwIfAborted();
    try {
      return { phone, sent: await sendCode(flow, phone) };
    } catch (error) {
      const name = refusalOf(error);
      if (name === "PHONE_NUMBER_BANNED") throw loginFailed("phone_banned", error);
      if (name === "PHONE_NUMBER_UNOCCUPIED") throw loginFailed("not_registered", error);
      if (name !== "PHONE_NUMBER_INVALID") throw error;
      if (tried === TRIES) throw loginFailed("phone_invalid", error);
    }
  }
}

async function sendCode(flow: Flow, phoneNumber: string): Promise<Api.auth.TypeSentCode> {
  const { wire, apiId, apiHash } = flow;
  const { auth, CodeSettings } = wire.api;
  const request = () => new auth.SendCode({ phoneNumber, apiId, apiHash, settings: new CodeSettings({}) });
  try {
    return await askAtHome(flow, request);
  } catch (error) {
    // Telegram wants the flow to begin anew (core.telegram.org/method/auth.sendCode).
    if (refusalOf(error) === "AUTH_RESTART") return askAtHome(flow, request);
    throw error;
  }
}

async function askForCode(
  flow: Flow,
  phone: string,
  first: Api.auth.TypeSentCode,
): Promise<Api.auth.TypeAuthorization> {
  const { prompts, signal } = flow;
  if (prompts.code === undefined) throw promptMissing("code");
  let again: CodeRequest["again"];
  let sent = first;
  for (let tried = 0; tried < TRIES;) {
    if (sent.className !== "auth.SentCode") return sent.authorization;
    const about = codeRequestOf(sent);
    if (about === undefined) throw loginFailed("email_needed");
    const code = await prompts.code({ ...about, ...(again === undefined ? {} : { again }) });
    signal.throwIfAborted();
    again = undefined;
    try {
      if (typeof code === "object") {
        sent = await resend(flow, phone, sent.phoneCodeHash);
        continue;
      }
      const answer = await askAtHome(flow, signIn(flow, phone, sent, code.trim()));
      if (answer.className === "auth.AuthorizationSignUpRequired") throw loginFailed("not_registered");
      return answer;
    } catch (error) {
      again = AGAIN[refusalOf(error) ?? ""];
      if (again === undefined) throw error;
      tried++;
      // A code that nobody will be asked for would only count against the number.
      if (again === "expired" && tried < TRIES) sent = await sendCode(flow, phone);
    }
  }
  throw loginFailed(FAILED[again ?? "wrong"]);
}

type Again = NonNullable<CodeRequest["again"]>;

/** What a person can put right. A code that was sent still counts where there is no other way to bring one. */
const AGAIN: Readonly<Record<string, Again | undefined>> = {
  PHONE_CODE_INVALID: "wrong",
  PHONE_CODE_EMPTY: "wrong",
  PHONE_CODE_EXPIRED: "expired",
  SEND_CODE_UNAVAILABLE: "no_other_way",
};
const FAILED = { wrong: "code_wrong", expired: "code_expired", no_other_way: "no_other_way" } as const;

function signIn({ wire }: Flow, phoneNumber: string, { type, phoneCodeHash }: Api.auth.SentCode, code: string) {
  const { auth, EmailVerificationCode } = wire.api;
  const proof =
    type.className === "auth.SentCodeTypeEmailCode"
      ? { emailVerification: new EmailVerificationCode({ code }) }
      : { phoneCode: code };
  return () => new auth.SignIn({ phoneNumber, phoneCodeHash, ...proof });
}

const resend = ({ wire, signal }: Flow, phoneNumber: string, phoneCodeHash: string) =>
  wire.invoke(new wire.api.auth.ResendCode({ phoneNumber, phoneCodeHash }), signal);
