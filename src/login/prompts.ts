import type { Redacted } from "../redacted.js";

/** How Telegram brings the code. `app`: a message in Telegram on another device of the account. */
export type CodeWay = "app" | "sms" | "call" | "flash_call" | "missed_call" | "email" | "fragment" | "word" | "phrase";

/** What is known of a code that was sent. */
export interface CodeRequest {
  readonly way: CodeWay;
  /** How many characters it has, where Telegram says. */
  readonly length?: number;
  /** What helps to recognise it: a pattern of the e-mail address, the number that calls, the word that the text begins with. */
  readonly hint?: string;
  /** How a further code would come; absent when there is no other way. */
  readonly nextWay?: CodeWay;
  /** After how many milliseconds a further code can be asked for. */
  readonly nextInMs?: number;
  /** Why it is asked for again. `no_other_way`: nothing further was sent, and the last code counts. */
  readonly again?: "wrong" | "expired" | "no_other_way";
}

/** What is known of the password that is asked for. */
export interface PasswordRequest {
  /** What the account's owner has written down for himself. */
  readonly hint?: string;
  readonly again?: "wrong";
}

/** A picture to be scanned with Telegram on a phone: Settings, Devices, Link Desktop Device. */
export interface QrRequest {
  /** To be shown as a QR code: `tg://login?token=…`. */
  readonly url: string;
  /** ISO time; the next one comes by itself. */
  readonly expiresAt: string;
}

/**
 * Where a login asks its person. What it throws ends the login.
 *
 * @example
 * ```ts
 * import { logIn, type LoginPrompts } from "tg-guarded";
 * import { startSandbox } from "tg-guarded/testing";
 *
 * await using sandbox = await startSandbox();
 * const [account] = sandbox.info.accounts;
 * const prompts: LoginPrompts = {
 *   phone: async () => account?.phone ?? "", // for your account: ask the person, here and below
 *   code: async ({ way, length, again }) => (again === "expired" ? { resend: true } : (account?.code ?? "")),
 *   password: async ({ hint }) => `the one for: ${hint}`,
 * };
 * const { apiId, apiHash, server } = sandbox.clientOptions();
 * console.log((await logIn({ apiId, apiHash, server, prompts })).firstName);
 * ```
 */
export interface LoginPrompts {
  /** The phone number, with its country code. Asked again when Telegram knows none like that. */
  phone?(again?: "invalid"): Promise<string>;
  /** The code; `resend` for another one. */
  code?(about: CodeRequest): Promise<string | { readonly resend: true }>;
  /** The password of two-step verification. */
  password?(about: PasswordRequest): Promise<string | Redacted<string>>;
  /** Shows a QR code in place of the one before. */
  qr?(about: QrRequest): void | Promise<void>;
}
