/** A phone number as Telegram writes it, digits only; undefined when it is none. */
export function phoneDigits(text: string): string | undefined {
  const digits = text.replace(/[\s()+.-]/g, "");
  return /^[1-9]\d{6,14}$/.test(digits) ? digits : undefined;
}
