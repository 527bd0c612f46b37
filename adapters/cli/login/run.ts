import { isGuardError, logInFromEnv, logOutFromEnv, openSessions } from "tg-guarded";
import type { EventName, GuardEvents, LoggedIn, SessionReference, Sessions } from "tg-guarded";
import { plainText } from "../plain-text.js";
import { stopSignal } from "../stop-signal.js";
import { promptsFor, type AnswerOptions } from "./prompts.js";

interface LoginFlags extends AnswerOptions {
  readonly name?: string;
  readonly replace?: boolean;
  readonly qr?: boolean;
}

/** Nothing is written before Telegram has said yes, and then the whole session at once. */
export async function login({ name, replace = false, qr = false, ...answers }: LoginFlags): Promise<void> {
  const sessions = openSessions();
  const wanted = name ?? sessions.named;
  // Whatever would keep the session from being written is told before a code is sent.
  if (wanted !== undefined) await sessions.assertWritable(wanted, { replace });
  const signal = stopSignal();
  process.env["TG_AUTH_BOOTSTRAP"] = "1";
  const loggedIn = await logInFromEnv({
    way: qr ? "qr" : "phone",
    prompts: promptsFor(answers, signal),
    signal,
    onEvent: announce,
  });
  const { account, firstName = "" } = loggedIn;
  const { kept, form } = await keep(sessions, wanted, loggedIn, replace);
  if (typeof kept === "string" && sessions.current === undefined) await sessions.use(kept);
  const who = account.username === undefined ? plainText(firstName) : `@${account.username}`;
  const where =
    typeof kept === "string" ? `Session "${kept}" is kept in ${sessions.folder}` : `It is kept in ${kept.path}`;
  process.stdout.write(`Logged in as ${who} (${account.id}). ${where}, ${FORMS[form]}.\n`);
}

const FORMS = {
  plain: "not encrypted: `tg-guarded sessions encrypt` does that",
  string: "not encrypted",
  passphrase: "encrypted by the passphrase",
  keyring: "encrypted by the key ring",
} as const;

/** A login that cannot be kept is ended: nobody would have its key, and the account one device more. */
async function keep(sessions: Sessions, wanted: SessionReference | undefined, loggedIn: LoggedIn, replace: boolean) {
  try {
    if (wanted !== undefined) return { kept: wanted, form: await sessions.write(wanted, loggedIn, { replace }) };
    return await keepByAccount(sessions, loggedIn, replace);
  } catch (error) {
    await logOutFromEnv({ key: loggedIn.key }).then(
      () => process.stderr.write("The session could not be kept, so the login was ended at Telegram, too.\n"),
      () => process.stderr.write("The session could not be kept. End it on another device, under Devices.\n"),
    );
    throw error;
  }
}

const MOST_LOGINS = 99;

/** Named after the account, and counted where that name is taken. */
async function keepByAccount(sessions: Sessions, loggedIn: LoggedIn, replace: boolean) {
  const { id, username = String(id) } = loggedIn.account;
  for (let nth = 1; ; nth++) {
    const kept = nth === 1 ? username : `${username}-${nth}`;
    try {
      return { kept, form: await sessions.write(kept, loggedIn, { replace }) };
    } catch (error) {
      if (!isGuardError(error, "file_exists") || nth === MOST_LOGINS) throw error;
    }
  }
}

const shownName = (session: SessionReference): string => (typeof session === "string" ? `"${session}"` : session.path);

/** Ends the session at Telegram first: a file that is left over is of no use to anybody then. */
export async function logout(name: string | undefined, { local = false }: { readonly local?: boolean }): Promise<void> {
  const sessions = openSessions();
  const meant = name ?? sessions.meant;
  if (meant === undefined) throw new Error("Name the session: tg-guarded logout NAME");
  const there = local ? "is still logged in: end it on another device, under Devices" : await end(sessions, meant);
  await sessions.remove(meant);
  process.stdout.write(`Session ${shownName(meant)} is deleted. At Telegram it ${there}.\n`);
}

async function end(sessions: Sessions, session: SessionReference): Promise<string> {
  // Whoever uses it would lose it, although the file could not be deleted.
  await sessions.assertWritable(session, { replace: true });
  try {
    await logOutFromEnv({ key: await sessions.keyOf(session), signal: stopSignal(), onEvent: announce });
    return "is ended, too";
  } catch (error) {
    if (isGuardError(error, "session_dead")) return "had ended before";
    throw error;
  }
}

function announce(name: EventName, event: GuardEvents[EventName]): void {
  if (name === "wait" && "text" in event) process.stderr.write(`${event.text}\n`);
}
