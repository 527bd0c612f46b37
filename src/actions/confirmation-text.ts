import { createHash, timingSafeEqual } from "node:crypto";
import type { ActionsPolicy } from "./policy.js";

/** Plain, or the SHA-256 in hex of the trimmed phrase in lower case, so that the configuration does not tell it. */
export type ConfirmationPhrase = string | { readonly sha256: string };

const hashOf = (text: string): Buffer =>
  createHash("sha256").update(text.trim().normalize("NFC").toLowerCase()).digest();

/** Whether this text confirms: the phrase itself, trimmed and whatever its case, or any text long enough where there is none. */
export function confirms(
  { confirmationPhrase, minConfirmTextLength }: Pick<ActionsPolicy, "confirmationPhrase" | "minConfirmTextLength">,
  text: string,
): boolean {
  if (confirmationPhrase === undefined) return text.trim().length >= minConfirmTextLength;
  const expected =
    typeof confirmationPhrase === "string" ? hashOf(confirmationPhrase) : Buffer.from(confirmationPhrase.sha256, "hex");
  return timingSafeEqual(hashOf(text), expected);
}
