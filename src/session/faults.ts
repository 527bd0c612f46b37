import { GuardError, type SessionFault } from "../errors.js";
import { systemCode } from "../system-error.js";

const REMEDIES: Readonly<Record<SessionFault, string>> = {
  missing: "Check the name or path of the session. A session holds what a login gave; without one, log in first.",
  name: "Use letters, digits, `_`, `-` and `.`; anything else goes by its path.",
  damaged: "Bring the file back from a copy, or log in again.",
  tampered: "Somebody changed the file by hand or by program. Log in again, and end that session on another device.",
  wrong_key:
    "Try again with the passphrase that the session was encrypted with, or unlock the key ring that has its key.",
  sealed: "Give the passphrase: TG_SESSION_PASSPHRASE, TG_SECRET_CMD_SESSION_PASSPHRASE, `sessions: { passphrase }`.",
  insecure: "Nothing was read. Put that right, and start again.",
  newer: "Update this program.",
  elsewhere: "Use the session with the server it was made on: a sandbox's session works with that sandbox alone.",
  unreadable: "Check that you may read the file.",
};

/** What is wrong with a session. `session` is its name or path, never what it holds. */
export const sessionInvalid = (
  session: string,
  reason: SessionFault,
  why: string,
  { nextStep = REMEDIES[reason], cause }: { readonly nextStep?: string; readonly cause?: unknown } = {},
): GuardError<"session_invalid"> =>
  new GuardError("session_invalid", `The session ${session} ${why}.`, {
    details: { session, reason },
    nextStep,
    cause,
  });

/** The system refuses it, or the way to it. */
export function unreadable(session: string, cause: unknown): GuardError<"session_invalid"> {
  const code = systemCode(cause);
  return sessionInvalid(session, "unreadable", `cannot be read${code === undefined ? "" : `: ${code}`}`, { cause });
}

/** `mend` is what a person types to put it right. */
export const insecure = (session: string, why: string, mend: string): GuardError<"session_invalid"> =>
  sessionInvalid(session, "insecure", `is not safe: ${why}`, { nextStep: `Nothing was read or written. ${mend}` });

export const sessionExists = ({
  shown,
  path,
}: {
  readonly shown: string;
  readonly path: string;
}): GuardError<"file_exists"> =>
  new GuardError("file_exists", `There is a session ${shown} already; it was left as it is.`, {
    details: { path },
    nextStep: "Take another name; a login or an import may also take its place: --replace, `{ replace: true }`.",
  });
