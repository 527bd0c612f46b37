/** core.telegram.org/api/qr-login */
const PREFIX = "tg://login?token=";

/**
 * The token in a QR code's text, or given as base64 by itself.
 *
 * @throws Error when it is neither
 */
export function loginToken(text: string): Buffer {
  const encoded = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : text;
  if (!/^[\w+/-]+={0,2}$/.test(encoded)) throw new Error("this is no login token: give the text of the QR code");
  return Buffer.from(encoded, "base64url");
}
