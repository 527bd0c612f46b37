import type * as Tl from "../tl/types.js";
import type { Account, CodeWay } from "../world/account.js";

const USUAL: readonly CodeWay[] = ["app", "sms", "call"];
/** Numbers that nobody has registered get their codes so. */
const UNREGISTERED: readonly CodeWay[] = ["sms", "call"];
/** The number that calls in a flash call or a missed one begins so. */
const CALLER = "888";

/** The ways that are open, in order: those the account has, as far as the client can take them. */
export function openWays(account: Account | undefined, settings: Tl.codeSettings, hasDevice: boolean): CodeWay[] {
  const ways = account === undefined ? UNREGISTERED : (account.codeWays ?? USUAL);
  const open = ways.filter((way, place) => {
    if (way === "app") return hasDevice && place === 0;
    if (way === "email") return account?.email !== undefined && place === 0;
    if (way === "flash-call") return settings.allow_flashcall === true;
    return way !== "missed-call" || settings.allow_missed_call === true;
  });
  return open.length > 0 ? open : ["sms"];
}

/** What the user has to enter: for a flash call the number that called. */
export const expectedCode = (way: CodeWay, code: string): string => (way === "flash-call" ? `${CALLER}${code}` : code);

export function sentCodeType(way: CodeWay, code: string, email = ""): Tl.Typeauth_SentCodeType {
  const { length } = code;
  switch (way) {
    case "app":
      return { _: "auth.sentCodeTypeApp", length };
    case "sms":
      return { _: "auth.sentCodeTypeSms", length };
    case "call":
      return { _: "auth.sentCodeTypeCall", length };
    case "flash-call":
      return { _: "auth.sentCodeTypeFlashCall", pattern: `${CALLER}${"*".repeat(length)}` };
    case "missed-call":
      return { _: "auth.sentCodeTypeMissedCall", prefix: CALLER, length };
    case "email":
      return { _: "auth.sentCodeTypeEmailCode", email_pattern: emailPattern(email), length };
  }
}

/** How resending will send it. Neither the app nor e-mail can come second. */
export function nextCodeType(way: CodeWay | undefined): Tl.Typeauth_CodeType | undefined {
  switch (way) {
    case "sms":
      return { _: "auth.codeTypeSms" };
    case "call":
      return { _: "auth.codeTypeCall" };
    case "flash-call":
      return { _: "auth.codeTypeFlashCall" };
    case "missed-call":
      return { _: "auth.codeTypeMissedCall" };
    default:
      return undefined;
  }
}

/** An address with most of its name hidden: `m***a@harbour.example`. */
export function emailPattern(address: string): string {
  const [name = "", place = ""] = address.split("@");
  return `${name.slice(0, 1)}***${name.length > 1 ? name.slice(-1) : ""}@${place}`;
}
