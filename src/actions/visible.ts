/**
 * What cannot be seen or makes a text read otherwise than it is: control and format characters, separators, private and
 * unassigned ones (Unicode's category C), blank letters, and the selectors in which whole texts can be hidden.
 */
const UNSEEN =
  /(?!\n)[\p{C}\p{Zl}\p{Zp}\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u2800\u3164\uFE00-\uFE0E\uFFA0\u{E0100}-\u{E01EF}]/gu;

/**
 * The text with everything one cannot see written out, such as `<U+202E>`. Line breaks stay, and joiners inside an emoji.
 *
 * @example
 * ```ts
 * import { visible } from "tg-guarded";
 *
 * console.log(visible("invoice\u202Egnp.exe")); // invoice<U+202E>gnp.exe
 * ```
 */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (character, place: number) => (joinsEmoji(text, place) ? character : codeOf(character)));

/**
 * The text without anything that one cannot see.
 *
 * @example
 * ```ts
 * import { withoutUnseen } from "tg-guarded";
 *
 * console.log(withoutUnseen("pay\u200Bpal")); // paypal
 * ```
 */
export const withoutUnseen = (text: string): string =>
  text.replace(UNSEEN, (character, place: number) => (joinsEmoji(text, place) ? character : ""));

const joinsEmoji = (text: string, place: number): boolean =>
  text[place] === "\u200D" &&
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?$/u.test(text.slice(Math.max(0, place - 3), place)) &&
  /^\p{Extended_Pictographic}/u.test(text.slice(place + 1, place + 3));

const codeOf = (character: string): string =>
  `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`;
