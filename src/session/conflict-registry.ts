import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { SessionPlane } from "../errors.js";
import { onFile } from "../files/file-errors.js";
import type { Redacted } from "../redacted.js";
import { ownerSchema, thisOwner } from "./owner.js";
import { FOLDER_MODE } from "./private-folder.js";
import { readNotes, writeNote } from "./process-notes.js";
import type { SessionKey } from "./session-string.js";

/** How two sessions are told to be one: by where they really lie, or by what they hold. */
export interface SessionMark {
  /** Absent for a session that is no file. */
  readonly path?: string;
  /** A hash that tells nothing of the key. */
  readonly key: string;
}

export const markOf = (key: Redacted<SessionKey>, path: string | undefined): SessionMark => ({
  key: createHash("sha256").update("tg-guarded session mark\n").update(key.expose().authKey).digest("hex").slice(0, 32),
  ...(path === undefined ? {} : { path }),
});

export const isSameSession = (one: SessionMark, other: SessionMark): boolean =>
  one.key === other.key || (one.path !== undefined && one.path === other.path);

const holder = ownerSchema.extend({ path: z.string().exactOptional(), key: z.string() });
type Holder = z.infer<typeof holder>;

export interface Registration {
  /** The other plane's program that holds the same session now. */
  readonly conflict: Holder | undefined;
  leave(): Promise<void>;
}

/**
 * Writes down that this process holds a session for reading or for actions, and looks whether one of the other side holds
 * the same. Each has a note of its own, so that a hundred programs that start at once are not in each other's way; each
 * writes before it looks, so that of two at least one sees the other. Only what lives on this host counts.
 *
 * @param path what the notes lie beside
 * @throws {@link GuardError} `file_error`
 */
export async function register(path: string, plane: SessionPlane, mark: SessionMark): Promise<Registration> {
  const notes = { path, ending: ".holder", schema: holder };
  return onFile(path, async () => {
    await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
    const leave = await writeNote(notes, { ...thisOwner(plane), ...mark });
    const others = (await readNotes(notes)).filter(({ alive }) => alive === true).map(({ note }) => note);
    const conflict = others.find((other) => other.plane !== plane && isSameSession(other, mark));
    return { conflict, leave };
  });
}
