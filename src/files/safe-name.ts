import filenamify from "filenamify";

/** Room for a prefix and for the endings of a file under way: file systems take 255 bytes. */
const MAX_NAME_BYTES = 200;

/** What is longer is no extension but a name with a dot in it. */
const MAX_EXTENSION_BYTES = 20;

/** What shows nothing and can hide or turn what does: zero-width and bidi characters, tags, variation selectors. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** Halves of characters, characters that mean nothing, and private ones. */
const MEANINGLESS = /[\p{Cs}\p{Cn}\p{Co}]/gu;
const AT_THE_ENDS = /^[. ]+|[. ]+$/g;

/**
 * Makes of any text a file name that Linux, macOS and Windows take, that lies in the folder it is put in, and that shows
 * what it is: at most 200 bytes of UTF-8, the extension kept.
 *
 * @param fallback the name when nothing is left of it
 */
export function safeFileName(text: string, fallback = "file"): string {
  const visible = text.normalize("NFC").replace(INVISIBLE, "").replace(MEANINGLESS, "_");
  const plain = trimmed(visible.replace(/\s+/g, " "));
  if (plain === "") return fallback;
  return trimmed(shortened(filenamify(plain, { replacement: "_", maxLength: Infinity }))) || fallback;
}

const trimmed = (name: string): string => name.replace(AT_THE_ENDS, "");

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
  const dot = name.lastIndexOf(".");
  const extension = dot > 0 && Buffer.byteLength(name.slice(dot)) <= MAX_EXTENSION_BYTES ? name.slice(dot) : "";
  const base = name.slice(0, name.length - extension.length);
  return `${cut(base, MAX_NAME_BYTES - Buffer.byteLength(extension)).trimEnd()}${extension}`;
}

/** Whole characters only. */
function cut(text: string, maxBytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes));
  return text.slice(0, read);
}
