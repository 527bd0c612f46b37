import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { isGuardError, type SessionFault, type SessionOwner } from "../errors.js";
import { fileError } from "../files/file-errors.js";
import { isMissing } from "../system-error.js";
import { toldOwner } from "./owner.js";
import { ownersOf } from "./owner-notes.js";
import { findSession, type SessionForm } from "./session-file.js";
import { lockPathOf } from "./session-lock.js";
import { faultOfName } from "./session-name.js";
import { ENDING, placeOf, type SessionPlace } from "./session-place.js";
import type { SessionAccount } from "./session-record.js";

/** What is known of a session without its key, and without asking Telegram. */
export interface SessionDetails {
  /** Its path, where it goes by that. */
  readonly name: string;
  readonly path: string;
  /** Absent where the file cannot be read. */
  readonly form?: SessionForm;
  /** The data centre where it was made. */
  readonly dcId?: number;
  /** Whose it is, where that was noted. */
  readonly account?: SessionAccount;
  /** The id of the state store that it belongs to. */
  readonly store?: string;
  /** ISO time. */
  readonly createdAt?: string;
  /** Which processes of this machine work with it. */
  readonly owners: readonly SessionOwner[];
  /** Why it cannot be used. */
  readonly problem?: { readonly reason: SessionFault; readonly message: string; readonly nextStep: string };
  /** What was mended when it was looked at. */
  readonly notices: readonly string[];
}

/** The names of the sessions in a folder, sorted. @throws {@link GuardError} `file_error` */
export async function listSessions(folder: string): Promise<readonly string[]> {
  try {
    const names = (await readdir(resolve(folder))).filter((file) => file.endsWith(ENDING));
    return names
      .map((file) => file.slice(0, -ENDING.length))
      .filter((name) => faultOfName(name) === undefined)
      .sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw fileError(folder, error);
  }
}

export async function sessionDetails(
  session: string | { readonly path: string },
  folder: string,
): Promise<SessionDetails> {
  const place = placeOf(session, folder);
  const owners = (await ownersOf(lockPathOf(place))).map(toldOwner);
  return { name: place.shown, path: place.path, owners, ...(await contentsOf(place)) };
}

async function contentsOf(place: SessionPlace): Promise<Omit<SessionDetails, "name" | "path" | "owners">> {
  try {
    const { form, head, notices } = await findSession(place);
    return { form, ...head, notices };
  } catch (error) {
    if (!isGuardError(error, "session_invalid")) throw error;
    const { message, nextStep, details } = error;
    return { problem: { reason: details.reason, message, nextStep }, notices: [] };
  }
}
