import { GuardError } from "../errors.js";

/** How a caller names a chat: an id (plain or with -100), `@name`, `t.me/name`, `me`, or the exact title of a dialog. */
export type ChatRef = string | number;

export type ParsedRef =
  | { readonly kind: "self" }
  | { readonly kind: "id"; readonly id: number }
  | { readonly kind: "username"; readonly username: string }
  | { readonly kind: "title"; readonly title: string };

/** A letter, then 3 to 31 letters, digits or `_` (core.telegram.org/method/account.updateUsername; bought names are shorter). */
const USERNAME = /^[a-z][a-z0-9_]{3,31}$/i;
const LINK = /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/([a-z][a-z0-9_]{3,31})\/?$/i;

/** Whether a text could be a `@name`; a title may look the same, and then the title counts first. */
export const looksLikeUsername = (text: string): boolean => USERNAME.test(text);

/** @throws {@link GuardError} `input_invalid` */
export function parseChatRef(ref: ChatRef): ParsedRef {
  const text = String(ref).trim();
  if (/^-?\d+$/.test(text)) {
    const id = Number(text);
    if (Number.isSafeInteger(id) && id !== 0) return { kind: "id", id };
    throw invalid(text, "An id is a whole number below 2^53 and not 0.");
  }
  if (text === "") throw invalid(text, "Name a chat by @name, id or exact title.");
  if (/^(me|self)$/i.test(text)) return { kind: "self" };
  const link = LINK.exec(text)?.[1];
  if (link !== undefined) return { kind: "username", username: link };
  if (!text.startsWith("@")) return { kind: "title", title: text };
  if (looksLikeUsername(text.slice(1))) return { kind: "username", username: text.slice(1) };
  throw invalid(text, "A @name has 4 to 32 letters, digits and underscores, and begins with a letter.");
}

const invalid = (chat: string, nextStep: string): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", `"${chat}" does not name a chat.`, { details: { path: "chat" }, nextStep });
