import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { GuardError } from "../errors.js";
import { parseSessionString, type SessionKey } from "./session-string.js";

/** A session by its name in the sessions folder, by its path, or as a string. */
export type SessionSource = string | { readonly path: string } | { readonly string: string };

/** A name becomes a file name: no separators, no dots in front. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;

export const sessionsFolder = (dataDir: string): string => join(dataDir, "sessions");

/** @throws {@link GuardError} `session_invalid` */
export async function readSession(source: SessionSource, dataDir: string): Promise<SessionKey> {
  if (typeof source === "object" && "string" in source) return parseSessionString(source.string);
  const path = typeof source === "object" ? source.path : pathOf(source, dataDir);
  try {
    return parseSessionString(await readFile(path, "utf8"));
  } catch (cause) {
    if (cause instanceof GuardError) throw invalid(path, "is not a session file", cause);
    throw invalid(path, "cannot be read", cause);
  }
}

function pathOf(name: string, dataDir: string): string {
  if (!NAME.test(name)) throw invalid(name, "is not a name of a session");
  return join(sessionsFolder(dataDir), `${name}.session`);
}

const invalid = (session: string, fault: string, cause?: unknown): GuardError<"session_invalid"> =>
  new GuardError("session_invalid", `The session ${session} ${fault}.`, {
    details: { session },
    nextStep: "Check the name or path of the session. A session holds what a login gave; without one, log in first.",
    cause,
  });
