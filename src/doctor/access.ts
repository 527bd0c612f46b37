import { read, type Env } from "../env/values.js";
import type { SessionForm } from "../session/session-file.js";
import { note, warning, type Finding } from "./finding.js";
import { userName } from "./user-name.js";

const MEND = "Run the account as a user of its own: docs/security.md";

/**
 * Who can take the session whatever its permissions are. There is no good news here, only less bad.
 *
 * @param form `undefined` for a session that is no file, or none that can be read
 */
export function examineAccess(env: Env, form: SessionForm | undefined): readonly Finding[] {
  const root =
    process.geteuid?.() === 0
      ? [warning("access", "This runs as root: a mistake reaches everything on this machine.", MEND)]
      : [];
  return [...root, ...(form === undefined ? [] : [note("access", whoCan(env, form, userName()), MEND)])];
}

function whoCan(env: Env, form: SessionForm, user: string): string {
  if (form !== "passphrase") {
    const ring = form === "keyring" ? ", and the key ring opens it for them" : "";
    return `Every program that runs as ${user} can read the session file${ring}.`;
  }
  const near = ["TG_SESSION_PASSPHRASE", "TG_SECRET_CMD_SESSION_PASSPHRASE"].filter((name) => read(env, name));
  if (near.length === 0)
    return `Programs that run as ${user} can read the session file, but not without its passphrase.`;
  return `Every program that runs as ${user} can read the session file, and its passphrase where ${near.join(" and ")} stands.`;
}
