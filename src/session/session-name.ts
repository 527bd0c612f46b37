import { sessionInvalid } from "./faults.js";

const LONGEST = 64;
/** Longer than names are in life: it may be a session string in the wrong place, so it is not repeated. */
const SHOWN = 40;

/** Windows keeps these for devices, whatever their ending. */
const DEVICE = /^(con|prn|aux|nul|conin|conout|com\d|lpt\d)(\.|$)/i;

/** From the most telling fault to the least. */
const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^$/, "it is empty"],
  [/\p{Cc}/u, "it has control characters"],
  [/[/\\]/, "it has a separator of folders"],
  [/^\.+$/, "it names a folder"],
  [/[^\x20-\x7e]/, "it has characters that look like others; ASCII alone is taken"],
  [/^\./, "it begins with a dot"],
  [/^-/, "it begins like an option"],
  [/\.$/, "it ends with a dot"],
  [/\.session$/i, "the ending .session is left out"],
  [DEVICE, "Windows keeps that name for a device"],
  [/[^A-Za-z0-9._-]/, "it has other characters than letters, digits, `_`, `-` and `.`"],
];

/** Why a text cannot be the name of a session, which becomes the name of a file; `undefined` when it can. */
export function faultOfName(name: string): string | undefined {
  if (name.length > LONGEST) return `it is longer than ${LONGEST} characters`;
  return FAULTS.find(([pattern]) => pattern.test(name))?.[1];
}

/** @throws {@link GuardError} `session_invalid` */
export function assertName(name: string): void {
  const fault = faultOfName(name);
  if (fault === undefined) return;
  const shown = name.length > SHOWN ? `(a text of ${name.length} characters)` : JSON.stringify(name);
  throw sessionInvalid(shown, "name", `cannot be found: that is not a name of a session, ${fault}`);
}
