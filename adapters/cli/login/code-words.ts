import type { CodeRequest, CodeWay } from "tg-guarded";
import { plainText } from "../plain-text.js";

const PLACES: Readonly<Record<CodeWay, string>> = {
  app: 'Telegram has sent a code to your other devices: look into the chat "Telegram"',
  sms: "Telegram has sent a code by SMS",
  call: "Telegram calls your phone and says a code",
  flash_call: "Telegram calls your phone; the code is the number that calls",
  missed_call: "Telegram calls your phone; the code is the end of the number that calls",
  email: "Telegram has sent a code by e-mail",
  fragment: "The code lies at Fragment",
  word: "Telegram has sent a text by SMS; the code is a word",
  phrase: "Telegram has sent a text by SMS; the code is a phrase",
};

const SHORTLY: Readonly<Record<CodeWay, string>> = {
  app: "on another device",
  sms: "by SMS",
  call: "by a call",
  flash_call: "by a call",
  missed_call: "by a call",
  email: "by e-mail",
  fragment: "by Fragment",
  word: "by SMS",
  phrase: "by SMS",
};

const REASONS: Readonly<Record<NonNullable<CodeRequest["again"]>, string>> = {
  wrong: "That code is wrong.",
  expired: "That code has expired; here is another.",
  no_other_way: "There is no other way. The code that was sent still counts:",
};

/** Where the code is, and how to get another one. */
export function inWords({ way, length, hint, nextWay, again }: CodeRequest): string {
  const why = again === undefined ? "" : `${REASONS[again]}\n`;
  const shown = hint === undefined ? "" : ` (${plainText(hint)})`;
  const digits = length === undefined ? "" : `, ${length} characters`;
  const other = nextWay === undefined ? "" : `Type "resend" to get it ${SHORTLY[nextWay]}.\n`;
  return `${why}${PLACES[way]}${shown}${digits}.\n${other}Code: `;
}
