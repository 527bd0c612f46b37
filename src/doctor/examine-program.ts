import { readStoreEnv } from "../env/read-env.js";
import type { SessionPlane } from "../errors.js";
import type { ParsedOptions } from "../options.js";
import { findSession as readFile, type SessionForm } from "../session/session-file.js";
import { folderOf } from "../session/session-options.js";
import { placeOf } from "../session/session-place.js";
import type { StateStore } from "../stores/store.js";
import { examineAccess } from "./access.js";
import { examineAudit } from "./audit.js";
import { examineDataFolder } from "./data-folder.js";
import { note, type Finding } from "./finding.js";
import { examineGates } from "./gates.js";
import { examineLimits } from "./limits.js";
import { look, within } from "./look.js";
import { findProgram } from "./program.js";
import { findSession } from "./session.js";
import { examineSessions } from "./sessions.js";
import type { FoundSettings } from "./settings.js";
import { findStore } from "./store.js";
import { examineTelegram } from "./telegram.js";
import { examineVariables } from "./variables.js";

export interface ProgramExam {
  readonly found: FoundSettings;
  readonly plane?: SessionPlane | undefined;
  /** Who asks Telegram: this look, the server itself when it is started afterwards, or nobody. */
  readonly asks: "here" | "server" | "nobody";
  /** How long anything may take, in milliseconds. */
  readonly ms: number;
}

/** What one program would find that starts with these variables. */
export async function* examineProgram({ found, plane, asks, ms }: ProgramExam): AsyncGenerator<Finding> {
  yield* found.findings;
  const { settings } = found;
  const { env } = settings;
  const { dataDir } = readStoreEnv(env);
  const ofVariables = await look("configuration", ms, () => examineVariables(settings));
  yield* ofVariables;
  yield* await look("gates", ms, () => examineGates(env, dataDir, plane));
  yield* await look("data", ms, () => examineDataFolder(dataDir));

  const { store, findings: ofStore } = await findStore(env, ms);
  yield* ofStore;
  try {
    if (store !== undefined) yield* await look("audit", ms, () => examineAudit(env, dataDir, store));
    const ofSessions = await look("sessions", ms, () => examineSessions({ env, plane, store }));
    yield* ofSessions;
    const { options, findings: ofProgram } = await findProgram(env, plane, ms);
    // Why it could not start is told already, more fully.
    if (![...ofVariables, ...ofSessions].some(({ level }) => level === "fault")) yield* ofProgram;
    if (options === undefined) {
      if (asks !== "server") yield note("telegram", "Telegram was not asked: no program could start like this.");
      return;
    }
    yield* await look("access", ms, async () => examineAccess(env, await formOf(options)));
    yield* examineLive({ options, store, asks, ms, isStoreSound: ofStore.every(({ level }) => level !== "fault") });
  } finally {
    if (store !== undefined) await within(ms, store.close()).catch(() => undefined);
  }
}

interface LiveExam extends Pick<ProgramExam, "asks" | "ms"> {
  readonly options: ParsedOptions;
  readonly store: StateStore | undefined;
  readonly isStoreSound: boolean;
}

/** What takes the session itself. */
async function* examineLive({ options, store, asks, ms, isStoreSound }: LiveExam): AsyncGenerator<Finding> {
  const { session, findings } = await findSession(options, ms);
  yield* findings;
  if (session === undefined) return;
  try {
    if (store !== undefined) yield* await look("limits", ms, () => examineLimits(options, session, store));
    if (asks === "server") return;
    if (asks === "nobody") yield note("telegram", "Telegram was not asked.");
    else if (!isStoreSound)
      yield note("telegram", "Telegram was not asked: without its state nobody knows the limits.");
    else yield* examineTelegram({ options, session, store, ms });
  } finally {
    await within(ms, session.close()).catch(() => undefined);
  }
}

/** How the session that is meant lies on the disk; `undefined` for one that does not. */
async function formOf({ session, sessions, dataDir }: ParsedOptions): Promise<SessionForm | undefined> {
  if (typeof session === "object" && "string" in session) return undefined;
  try {
    return (await readFile(placeOf(session, folderOf(sessions, dataDir)))).form;
  } catch {
    // What is wrong with it is told where the sessions are.
    return undefined;
  }
}
