/** A word for a POSIX shell: what stands in single quotes is taken as it stands. */
export const forShell = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/**
 * A word for the command line of Windows, where a double quote, a percent sign and an exclamation mark mean something even
 * in quotes.
 *
 * @throws Error for a word that cannot be said there
 */
export function forCmd(word: string): string {
  if (/["%!\r\n]/.test(word))
    throw new Error(`${word} cannot be said on a command line of Windows: use --format json.`);
  // A backslash before the closing quote would take its meaning from it.
  return /^[\w@+=:,./\\-]+$/.test(word) ? word : `"${word.replace(/\\+$/, "$&$&")}"`;
}
