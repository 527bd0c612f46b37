import { GuardError, isGuardError, type LoginFault } from "../errors.js";

const FAULTS: Readonly<Record<LoginFault, readonly [message: string, nextStep: string]>> = {
  phone_invalid: ["Telegram knows no such phone number.", "Give the number with its country code: +47…"],
  phone_banned: ["This phone number is banned from Telegram.", "Write to recover@telegram.org if that is a mistake."],
  not_registered: ["No account has this phone number.", "Make one with an app of Telegram's first."],
  code_wrong: ["The code was wrong too often.", "Begin again, and take the newest code."],
  code_expired: ["The codes expired too often.", "Begin again, and type the code as soon as it comes."],
  no_other_way: ["Telegram has no other way to bring a code.", "Wait for the one that was sent."],
  password_wrong: ["The password was wrong too often.", "Begin again; Telegram's apps can reset a forgotten one."],
  email_needed: [
    "Telegram wants an e-mail address for this account first.",
    "Log in with an app of Telegram's, and set it.",
  ],
  qr_expired: ["Nobody has scanned the QR code.", "Begin again; on the phone: Settings, Devices, Link Desktop Device."],
  unexpected: [
    "Telegram answered with something that this program does not know.",
    "Log in by the other way, phone or QR.",
  ],
};

export function loginFailed(reason: LoginFault, cause?: unknown): GuardError<"login_failed"> {
  const [message, nextStep] = FAULTS[reason];
  return new GuardError("login_failed", message, { details: { reason }, nextStep, cause });
}

/** Nobody is there to be asked. */
export const promptMissing = (name: string): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", `The login needs prompts.${name}.`, {
    details: { path: `prompts.${name}` },
    nextStep: `Give prompts.${name}, or log in by the other way.`,
  });

/** The name of Telegram's refusal. */
export const refusalOf = (error: unknown): string | undefined =>
  isGuardError(error, "telegram_error") ? error.details.name : undefined;

/** The data centre that a refusal sends to: PHONE_MIGRATE_4, USER_MIGRATE_4, NETWORK_MIGRATE_4. */
export function movedTo(error: unknown): number | undefined {
  const dcId = /^(?:PHONE|USER|NETWORK)_MIGRATE_(\d+)$/.exec(refusalOf(error) ?? "")?.[1];
  return dcId === undefined ? undefined : Number(dcId);
}
