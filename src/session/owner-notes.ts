import type { SessionPlane } from "../errors.js";
import { ownerSchema, thisOwner, type NotedOwner } from "./owner.js";
import { readNotes, removeNotes, writeNote, type NotesBeside } from "./process-notes.js";

/**
 * Beside a lock lies a small note for each process that holds it, so that whoever is kept out learns by whom. The notes
 * decide nothing: the lock does.
 */
const beside = (lockPath: string): NotesBeside<NotedOwner> => ({
  path: lockPath,
  ending: ".owner",
  schema: ownerSchema,
});

/** Writes the note of this process; returns how to take it away. */
export const noteOwner = (lockPath: string, plane: SessionPlane | undefined): Promise<() => Promise<void>> =>
  writeNote(beside(lockPath), thisOwner(plane));

/** Who holds the lock, by the notes. Processes of other hosts count where no other explanation is left. */
export async function ownersOf(lockPath: string): Promise<readonly NotedOwner[]> {
  const found = await readNotes(beside(lockPath));
  const here = found.filter(({ alive }) => alive === true);
  return (here.length > 0 ? here : found).map(({ note }) => note);
}

/** For whoever holds the lock alone. */
export const forgetOwners = (lockPath: string): Promise<void> => removeNotes(beside(lockPath));
