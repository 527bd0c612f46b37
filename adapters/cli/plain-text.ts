/** Controls, and what turns the direction of what follows or is not seen: on a terminal these could play tricks. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Text of strangers on one line of a terminal: what is not seen is shown as `�`. */
export const plainText = (text: string): string => text.replace(UNSEEN, "\u{fffd}");
