import { basename, dirname, join, resolve } from "node:path";
import { sessionInvalid } from "./faults.js";
import { assertName } from "./session-name.js";

/** A session by its name in the sessions folder, by its path, or as a string. */
export type SessionSource = string | { readonly path: string } | { readonly string: string };

export const sessionsFolder = (dataDir: string): string => join(dataDir, "sessions");

export const ENDING = ".session";

/** Where a session's file is. */
export interface SessionPlace {
  readonly path: string;
  readonly folder: string;
  /** As messages call it. */
  readonly shown: string;
  /** The sessions folder is this library's own: it is made, and mended. Another folder belongs to whoever named it. */
  readonly isOwnFolder: boolean;
}

/**
 * @param folder the sessions folder
 * @throws {@link GuardError} `session_invalid`
 */
export function placeOf(source: string | { readonly path: string }, folder: string): SessionPlace {
  if (typeof source === "object") return placeOfPath(source.path);
  assertName(source);
  return {
    path: join(resolve(folder), `${source}${ENDING}`),
    folder: resolve(folder),
    shown: source,
    isOwnFolder: true,
  };
}

/** As long as a good part of a session string, and of its letters alone. */
const LIKE_A_STRING = /^1[A-Za-z0-9+/_=-]{99,}$/;

/** A session string in the place of a path would stand in every message. @throws {@link GuardError} `session_invalid` */
export function assertPath(given: string): void {
  if (!LIKE_A_STRING.test(given.trim())) return;
  throw sessionInvalid(`(a text of ${given.length} characters)`, "name", "cannot be found: that is not a path", {
    nextStep: "A session string is passed as `{ string }`, or imported: tg-guarded sessions import.",
  });
}

function placeOfPath(given: string): SessionPlace {
  assertPath(given);
  if (/\p{Cc}/u.test(given))
    throw sessionInvalid("(a path)", "name", "cannot be found: its path has control characters");
  const path = resolve(given);
  return { path, folder: dirname(path), shown: path, isOwnFolder: false };
}

/** A file beside it, which belongs to it. */
export const beside = ({ path, folder }: SessionPlace, ending: string): string =>
  join(folder, `${basename(path, ENDING)}${ending}`);
