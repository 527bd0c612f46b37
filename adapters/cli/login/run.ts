import { logInFromEnv, logOutFromEnv, openSessions, type GuardEvents, type EventName } from "tg-guarded";
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
  const wanted = name ?? process.env["SESSION_NAME"];
  if (wanted !== undefined && !replace) {
    const names = (await sessions.list()).map((one) => one.name);
    assertFree(wanted, names);
  }
  const signal = stopSignal();
  process.env["TG_AUTH_BOOTSTRAP"] = "1";
  const loggedIn = await logInFromEnv({
    way: qr ? "qr" : "phone",
    prompts: promptsFor(answers, signal),
    signal,
    onEvent: announce,
  });
  const { account, firstName = "" } = loggedIn;
  const kept = wanted ?? account.username ?? String(account.id);
  const form = await sessions.write(kept, loggedIn, { replace });
  if (sessions.current === undefined) await sessions.use(kept);
  const who = account.username === undefined ? plainText(firstName) : `@${account.username}`;
  process.stdout.write(
    `Logged in as ${who} (${account.id}). Session "${kept}" is kept in ${sessions.folder}, ${FORMS[form]}.\n`,
  );
}

const FORMS = {
  plain: "not encrypted: `tg-guarded sessions encrypt` does that",
  string: "not encrypted",
  passphrase: "encrypted by the passphrase",
  keyring: "encrypted by the key ring",
} as const;

function assertFree(name: string, names: readonly string[]): void {
  if (!names.includes(name)) return;
  throw new Error(`There is a session "${name}" already. Name another with --name, or say --replace.`);
}

/** Ends the session at Telegram first: a file that is left over is of no use to anybody then. */
export async function logout(name: string | undefined, { local = false }: { readonly local?: boolean }): Promise<void> {
  const sessions = openSessions();
  const meant = name ?? process.env["SESSION_NAME"] ?? sessions.current;
  if (meant === undefined) throw new Error("Name the session: tg-guarded logout NAME");
  if (!local) await logOutFromEnv({ key: await sessions.keyOf(meant), signal: stopSignal(), onEvent: announce });
  await sessions.remove(meant);
  const there = local
    ? "At Telegram it is still logged in: end it on another device, under Devices."
    : "At Telegram it is ended, too.";
  process.stdout.write(`Session "${meant}" is deleted. ${there}\n`);
}

function announce(name: EventName, event: GuardEvents[EventName]): void {
  if (name === "wait" && "text" in event) process.stderr.write(`${event.text}\n`);
}
