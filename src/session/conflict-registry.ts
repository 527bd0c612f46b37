import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { SessionPlane } from "../errors.js";
import { fileError, isMissing } from "../files/file-errors.js";
import type { Redacted } from "../redacted.js";
import { isAlive, ownerSchema, thisOwner } from "./owner.js";
import { takeLock } from "./os-lock.js";
import { FOLDER_MODE } from "./private-folder.js";
import type { SessionKey } from "./session-string.js";
import { writePrivateFile } from "./write-private-file.js";

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

const holder = ownerSchema.extend({ entry: z.uuid(), path: z.string().exactOptional(), key: z.string() });
type Holder = z.infer<typeof holder>;
const schema = z.strictObject({ v: z.literal(1), kind: z.literal("tg-guarded holders"), holders: z.array(holder) });

export interface Registration {
  /** The other plane's program that holds the same session now. */
  readonly conflict: Holder | undefined;
  leave(): Promise<void>;
}

/**
 * Writes down that this process holds a session for reading or for actions, and looks whether one of the other side holds
 * the same. Only what lives on this host counts.
 *
 * @throws {@link GuardError} `file_error`
 */
export async function register(path: string, plane: SessionPlane, mark: SessionMark): Promise<Registration> {
  const entry = randomUUID();
  const own: Holder = { ...thisOwner(plane), ...mark, entry };
  let conflict: Holder | undefined;
  await change(path, (holders) => {
    conflict = holders.find((other) => other.plane !== plane && isAlive(other) === true && isSameSession(other, mark));
    return [...holders, own];
  });
  return { conflict, leave: () => change(path, (holders) => holders.filter((other) => other.entry !== entry)) };
}

/** Others change the file at the same time: one after the other. What is dead, or older than a day elsewhere, falls out. */
async function change(path: string, edit: (holders: readonly Holder[]) => readonly Holder[]): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
    const lock = await takeLock(`${path}.lock`, "write", LONGEST_WAIT_MS);
    if (lock === undefined) throw new Error("others keep it locked");
    try {
      const holders = edit((await readHolders(path)).filter(mayLive));
      const text = `${JSON.stringify({ v: 1, kind: "tg-guarded holders", holders })}\n`;
      // After a power cut nobody holds anything, so nobody waits for the disk.
      await writePrivateFile(path, text, { durable: false });
    } finally {
      lock.release();
    }
  } catch (error) {
    throw fileError(path, error);
  }
}

/** A hundred programs that start at once pass one after the other; each needs milliseconds. */
const LONGEST_WAIT_MS = 60_000;
const DAY_MS = 86_400_000;

function mayLive(each: Holder): boolean {
  const alive = isAlive(each);
  return alive === "unknown" ? Date.now() - Date.parse(each.since) < DAY_MS : alive;
}

/** The registry only helps to notice a mistake, so one that cannot be read, or is the original's, begins anew. */
async function readHolders(path: string): Promise<readonly Holder[]> {
  try {
    return schema.safeParse(JSON.parse(await readFile(path, "utf8"))).data?.holders ?? [];
  } catch (error) {
    if (error instanceof SyntaxError || isMissing(error)) return [];
    throw error;
  }
}
