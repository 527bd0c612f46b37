import { lstat, rename, rm } from "node:fs/promises";
import { isGuardError } from "../errors.js";
import { onFile } from "../files/file-errors.js";
import { sessionExists } from "./faults.js";
import { forgetOwners } from "./owner-notes.js";
import { checkFile } from "./private-file.js";
import { makeSessionsFolder } from "./private-folder.js";
import { forgetSealKey, newSealKey, type SealOptions } from "./seal-keys.js";
import type { SealKey } from "./seal.js";
import { findSession, readSession, writeSession, type SessionForm } from "./session-file.js";
import { lockPathOf, whileUnused, whileWriting } from "./session-lock.js";
import type { SessionPlace } from "./session-place.js";
import type { SessionHead, SessionRecord } from "./session-record.js";
import { removeDrafts } from "./write-private-file.js";

/** Writes a new session; over another one only where that is said. Nobody may be using it. */
export async function createSession(
  place: SessionPlace,
  record: SessionRecord,
  options: SealOptions & { readonly replace: boolean },
): Promise<SessionForm> {
  await makeSessionsFolder(place);
  return whileUnused(place, async () => {
    if (!options.replace) await assertFree(place);
    const old = await lockOf(place);
    const seal = await newSealKey(options);
    await writeOrForget(place, record, seal, options);
    await forget(old, options);
    return seal?.lock.kind ?? "plain";
  });
}

/** Whether a session could be written there: nobody uses the one that is there, and it may be replaced. */
export async function assertWritable(place: SessionPlace, replace: boolean): Promise<void> {
  await makeSessionsFolder(place);
  await whileUnused(place, async () => {
    if (await isFree(place)) await removeTraces(place);
    else if (replace) await checkFile(place);
    else throw sessionExists(place);
  });
}

/** Removes a session and all that belongs to it, then does what else there is to do. */
export async function removeSession(
  place: SessionPlace,
  options: SealOptions,
  then: () => Promise<void>,
): Promise<void> {
  await checkFile(place);
  await whileUnused(place, async () => {
    const seal = await lockOf(place);
    await onFile(place.path, () => rm(place.path));
    await forget(seal, options);
    await then();
    await removeTraces(place);
  });
}

/** Moves a session where none is, then does what else there is to do. */
export async function moveSession(from: SessionPlace, to: SessionPlace, then: () => Promise<void>): Promise<void> {
  await checkFile(from);
  await whileUnused(from, () =>
    whileUnused(to, async () => {
      await assertFree(to);
      await onFile(to.path, () => rename(from.path, to.path));
      await then();
      await removeTraces(from);
    }),
  );
}

/** Writes a session anew under another key, or under none. Nobody may be using it. */
export async function resealSession(
  place: SessionPlace,
  options: SealOptions,
  newKey: () => Promise<SealKey | undefined>,
): Promise<SessionForm> {
  await checkFile(place);
  return whileUnused(place, async () => {
    const { head, key, seal, form } = await readSession(place, options);
    const next = await newKey();
    const createdAt = form === "string" ? new Date().toISOString() : head.createdAt;
    await writeOrForget(place, { head: { ...head, createdAt }, key }, next, options);
    await forget(seal, options);
    return next?.lock.kind ?? "plain";
  });
}

/** Changes what a session says of itself. `refuse` is thrown for a string, which says nothing. */
export async function changeHead(
  place: SessionPlace,
  options: SealOptions,
  edit: (head: SessionHead) => SessionHead,
  refuse: () => Error,
): Promise<void> {
  await checkFile(place);
  await whileWriting(place, "shared", async () => {
    const { head, key, seal, form } = await readSession(place, options);
    if (form === "string") throw refuse();
    await writeSession(place, { head: edit(head), key }, seal);
  });
}

/** A file that was not written needs no key. */
async function writeOrForget(
  place: SessionPlace,
  record: SessionRecord,
  seal: SealKey | undefined,
  options: SealOptions,
): Promise<void> {
  try {
    await writeSession(place, record, seal);
  } catch (error) {
    await forget(seal, options);
    throw error;
  }
}

async function assertFree(place: SessionPlace): Promise<void> {
  if (!(await isFree(place))) throw sessionExists(place);
}

const isFree = (place: SessionPlace): Promise<boolean> =>
  lstat(place.path).then(
    () => false,
    () => true,
  );

type Locked = Pick<SealKey, "lock">;

/** By which lock a session is sealed, if it can be read and is. */
async function lockOf(place: SessionPlace): Promise<Locked | undefined> {
  try {
    const content = (await findSession(place)).content.expose();
    return typeof content === "object" && "sealed" in content ? { lock: content.sealed.lock } : undefined;
  } catch (error) {
    if (isGuardError(error, "session_invalid")) return undefined;
    throw error;
  }
}

/** A key that stays behind does no harm: what it opened is gone. */
async function forget(seal: Locked | undefined, options: SealOptions): Promise<void> {
  if (seal === undefined) return;
  try {
    await forgetSealKey(seal.lock, options);
  } catch (error) {
    if (!isGuardError(error, "secret_unavailable")) throw error;
  }
}

/** Whoever calls has the lock alone. */
async function removeTraces(place: SessionPlace): Promise<void> {
  await removeDrafts(place.path, 0);
  await forgetOwners(lockPathOf(place));
  await rm(lockPathOf(place), { force: true });
}
