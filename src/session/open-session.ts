import { isGuardError, type GuardError, type SessionPlane } from "../errors.js";
import { Redacted } from "../redacted.js";
import type { StateStore } from "../stores/store.js";
import { checkConflict, type ConflictCheck, type ConflictOptions } from "./conflict.js";
import { checkFile } from "./private-file.js";
import type { SealOptions } from "./seal-keys.js";
import { readSession, writeSession, type ReadSession } from "./session-file.js";
import { lockSession, whileWriting, type LockMode, type SessionLock } from "./session-lock.js";
import { placeOf, type SessionPlace, type SessionSource } from "./session-place.js";
import type { SessionAccount, SessionHead } from "./session-record.js";
import { parseSessionString, type SessionKey } from "./session-string.js";
import { belongs, storeChanged } from "./store-binding.js";
import { storeIdOf } from "../stores/store-id.js";

export interface OpenSessionOptions extends SealOptions {
  /** The sessions folder. */
  readonly folder: string;
  readonly lock: LockMode;
  /** `copy`: what a client learns stays in its memory. `direct`: it is written back. */
  readonly runtime: "copy" | "direct";
  readonly plane?: SessionPlane | undefined;
  readonly conflict: ConflictOptions & { readonly registry: string };
  /** A store that ends with the process may write, too, although the session belongs to another. */
  readonly acceptVolatileStore?: boolean | undefined;
}

/** A session that a client works with. */
export interface OpenSession {
  readonly key: Redacted<SessionKey>;
  /** What a person should know: what was mended, and what may be a mistake. */
  readonly notices: readonly string[];
  /** Binds the session to the store where it has none yet. Answers why nothing may be written with this store. */
  bind(store: StateStore): Promise<GuardError | undefined>;
  /** Notes whose it is, where the runtime mode is `direct`. */
  save(account: SessionAccount): Promise<void>;
  close(): Promise<void>;
}

/**
 * Reads a session and holds its lock until it is closed.
 *
 * @throws {@link GuardError} `session_invalid`, `session_locked`, `session_conflict`, `secret_unavailable`, `file_error`
 */
export async function openSession(source: SessionSource, options: OpenSessionOptions): Promise<OpenSession> {
  if (typeof source === "object" && "string" in source) return openString(source.string, options);
  const place = placeOf(source, options.folder);
  // What is not there, or not safe, leaves no lock beside it.
  const mended = await checkFile(place);
  const lock = await lockSession(place, options.lock, options.plane);
  try {
    const read = await readSession(place, options);
    const used = { shown: place.shown, path: place.path, key: read.key };
    return new FileSession(place, read, lock, options, await conflictOf(used, options), mended);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

const NO_CONFLICT: ConflictCheck = { notices: [], leave: () => Promise.resolve() };

const conflictOf = (used: Parameters<typeof checkConflict>[0], options: OpenSessionOptions): Promise<ConflictCheck> =>
  options.plane === undefined
    ? Promise.resolve(NO_CONFLICT)
    : checkConflict(used, options.plane, options.conflict, options);

/** A session that was handed over as a string is nowhere, so that nothing can be noted about it. */
async function openString(text: string, options: OpenSessionOptions): Promise<OpenSession> {
  const key = new Redacted(parseSessionString(text));
  const check = await conflictOf({ shown: "(a session string)", path: undefined, key }, options);
  return {
    key,
    notices: check.notices,
    bind: () => Promise.resolve(undefined),
    save: () => Promise.resolve(),
    close: () => check.leave(),
  };
}

class FileSession implements OpenSession {
  readonly notices: readonly string[];
  #read: ReadSession;
  #closing: Promise<void> | undefined;

  constructor(
    readonly place: SessionPlace,
    read: ReadSession,
    readonly lock: SessionLock,
    readonly options: OpenSessionOptions,
    readonly conflict: ConflictCheck,
    mended: readonly string[],
  ) {
    this.#read = read;
    this.notices = [...mended, ...read.notices, ...conflict.notices];
  }

  get key(): Redacted<SessionKey> {
    return this.#read.key;
  }

  async bind(store: StateStore): Promise<GuardError | undefined> {
    // A string has no room for it.
    if (this.#read.form === "string") return undefined;
    const isVolatile = store.volatile === true;
    if (isVolatile && this.options.acceptVolatileStore === true) return undefined;
    const storeId = await storeIdOf(store);
    if (belongs(this.#read.head.store, storeId, isVolatile) === "free") {
      try {
        await this.#change((head) => (head.store === undefined ? { ...head, store: storeId } : head));
      } catch (error) {
        // Reading goes on; a write could not be told from one of another store.
        if (isGuardError(error)) return error;
        throw error;
      }
    }
    return belongs(this.#read.head.store, storeId, isVolatile) === "other" ? storeChanged(this.place.shown) : undefined;
  }

  async save(account: SessionAccount): Promise<void> {
    if (this.options.runtime !== "direct" || this.#read.form === "string") return;
    await this.#change((head) => ({ ...head, account: { ...head.account, ...account } }));
  }

  /** Looks at the file once more: whatever happened to it meanwhile is mended. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      try {
        await checkFile(this.place).catch(ignoreFault);
        await this.conflict.leave();
      } finally {
        await this.lock.release();
      }
    })();
    return this.#closing;
  }

  /** Others may have written since it was read, so the file as it is now is changed. */
  #change(edit: (head: SessionHead) => SessionHead): Promise<void> {
    return whileWriting(this.place, this.lock.mode, async () => {
      const now = await readSession(this.place, this.options, this.#read.seal);
      const head = edit(now.head);
      const isSame = JSON.stringify(head) === JSON.stringify(now.head);
      if (!isSame) await writeSession(this.place, { head, key: now.key }, now.seal);
      this.#read = { ...now, head };
    });
  }
}

/** The work is done: a file that was removed meanwhile, or that others can read now, is told at the next opening. */
function ignoreFault(error: unknown): void {
  if (!isGuardError(error)) throw error;
}
