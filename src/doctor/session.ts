import { isGuardError } from "../errors.js";
import type { ParsedOptions } from "../options.js";
import { openSession, type OpenSession } from "../session/open-session.js";
import { openingOf } from "../session/session-options.js";
import { faultOf, type Finding } from "./finding.js";
import { within } from "./look.js";

export interface FoundSession {
  readonly findings: readonly Finding[];
  readonly session?: OpenSession;
}

/** Opens the session that is meant as a program does, but neither binds it to a store nor notes anything in it. */
export async function findSession(options: ParsedOptions, ms: number): Promise<FoundSession> {
  const opening = openingOf(options.sessions, options.dataDir);
  // Who shares a session with this look is not kept out; who has it alone is left alone.
  const lock = opening.lock === "off" ? "off" : "shared";
  try {
    const opened = openSession(options.session, { ...opening, lock, runtime: "copy", plane: undefined });
    return { findings: [], session: await within(ms, opened, (late) => late.close()) };
  } catch (error) {
    const isBusy = isGuardError(error, "session_locked");
    return { findings: [faultOf("sessions", error, isBusy ? "warning" : "fault")] };
  }
}
