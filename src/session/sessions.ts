import { GuardError } from "../errors.js";
import type { Redacted } from "../redacted.js";
import type { StateStore } from "../stores/store.js";
import { sameSession } from "./conflict.js";
import { moveDefaultSession, readDefaultSession, writeDefaultSession } from "./default-session.js";
import { importKey, type ImportSource } from "./import-session.js";
import { sessionExists } from "./faults.js";
import { checkFile } from "./private-file.js";
import { makeSessionsFolder } from "./private-folder.js";
import { newSealKey, type SealOptions } from "./seal-keys.js";
import {
  assertWritable,
  changeHead,
  createSession,
  moveSession,
  removeSession,
  resealSession,
} from "./session-changes.js";
import { findSession, readSession, type SessionForm } from "./session-file.js";
import { listSessions, sessionDetails, type SessionDetails } from "./session-list.js";
import { placeOf, type SessionPlace } from "./session-place.js";
import type { SessionAccount } from "./session-record.js";
import { formatSessionString, type SessionAddress, type SessionKey, type StringFormat } from "./session-string.js";
import { storeIdOf } from "../stores/store-id.js";
import { removeImports } from "./telethon-file.js";

export interface SessionsOptions extends SealOptions {
  readonly dataDir: string;
  /** The sessions folder. */
  readonly folder: string;
  /** Where a data centre listens. */
  readonly addressOf: (dcId: number) => SessionAddress | undefined;
  readonly openStore: () => Promise<StateStore>;
  /** The session that the variables name. */
  readonly named?: SessionReference | undefined;
}

/** A session by its name, or by its path. */
export type SessionReference = string | { readonly path: string };

/** A session that a login or an import brings. */
export interface NewSession {
  readonly key: Redacted<SessionKey>;
  /** Whose it is, to be shown in lists. */
  readonly account?: SessionAccount;
}

/** Whether a session may take the place of another. */
export interface WriteOptions {
  /** Takes the place of a session of that name. @defaultValue false */
  readonly replace?: boolean;
}

/**
 * The sessions of a data folder, as files. None of this asks Telegram anything.
 *
 * @example
 * ```ts
 * import { openSessions } from "tg-guarded";
 *
 * const sessions = openSessions();
 * for (const { name, form, problem } of await sessions.list()) console.log(name, form, problem?.nextStep);
 * ```
 */
export class Sessions {
  readonly #options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** The sessions folder. */
  get folder(): string {
    return this.#options.folder;
  }

  /**
   * All sessions by name, those that cannot be used with the reason.
   *
   * Errors: `file_error`.
   *
   * @example
   * ```ts
   * const names = (await sessions.list()).map(({ name }) => name);
   * ```
   */
  async list(): Promise<readonly SessionDetails[]> {
    return Promise.all((await listSessions(this.folder)).map((name) => sessionDetails(name, this.folder)));
  }

  /**
   * What is known of one.
   *
   * Errors: `session_invalid` where there is no such session.
   *
   * @example
   * ```ts
   * const { path, account, dcId } = await sessions.info("work");
   * ```
   */
  async info(session: SessionReference): Promise<SessionDetails> {
    const details = await sessionDetails(session, this.folder);
    if (details.problem?.reason === "missing") await checkFile(this.#place(session));
    return details;
  }

  /** The session that the variables name: TG_SESSION_PATH, else SESSION_NAME. */
  get named(): SessionReference | undefined {
    return this.#options.named;
  }

  /** The session that a program works with that says nothing of its own: the named one, else the chosen one. */
  get meant(): SessionReference | undefined {
    return this.named ?? this.current;
  }

  /** The session that was chosen by {@link Sessions.use}, for where none is named. */
  get current(): string | undefined {
    return readDefaultSession(this.#options.dataDir);
  }

  /**
   * From now on this session is meant where none is named. SESSION_NAME and TG_SESSION_PATH beat it.
   *
   * Errors: `session_invalid`, `file_error`.
   *
   * @example
   * ```ts
   * await sessions.use("work");
   * ```
   */
  async use(name: string): Promise<void> {
    await findSession(this.#place(name));
    await writeDefaultSession(this.#options.dataDir, name);
  }

  /**
   * Writes a new session, encrypted as the options want it. With `replace` nobody may be using the old one.
   *
   * Errors: `file_exists`, `session_invalid`, `session_locked`, `secret_unavailable`, `input_invalid`, `file_error`.
   *
   * @example
   * ```ts
   * const { key } = loggedIn; // what `logIn` gave
   * const form = await sessions.write("new", { key, account: loggedIn.account }, { replace: true });
   * ```
   */
  async write(
    session: SessionReference,
    { key, account }: NewSession,
    { replace = false }: WriteOptions = {},
  ): Promise<SessionForm> {
    const place = this.#place(session);
    const { dcId } = key.expose();
    const head = { dcId, createdAt: new Date().toISOString(), ...(account && { account }) };
    return createSession(place, { head, key }, { ...this.#options, replace });
  }

  /**
   * Looks whether {@link Sessions.write} could write there now, before something is begun that only ends with that.
   *
   * Errors: `file_exists`, `session_invalid`, `session_locked`, `file_error`.
   *
   * @example
   * ```ts
   * await sessions.assertWritable("another");
   * ```
   */
  async assertWritable(session: SessionReference, { replace = false }: WriteOptions = {}): Promise<void> {
    await assertWritable(this.#place(session), replace);
  }

  /**
   * Deletes the file and what belongs to it. Telegram still knows the session: log out to end it there, too.
   *
   * Errors: `session_invalid` where there is none, `session_locked` where somebody uses it, `file_error`.
   *
   * @example
   * ```ts
   * await sessions.import("old", { string: sandbox.info.accounts[1]?.session ?? "" });
   * await sessions.remove("old");
   * ```
   */
  async remove(session: SessionReference): Promise<void> {
    const { dataDir } = this.#options;
    const place = this.#place(session);
    await removeSession(place, this.#options, async () => {
      const { current } = this;
      // It may have been removed by its path.
      if (current !== undefined && this.#place(current).path === place.path) await moveDefaultSession(dataDir, current);
    });
  }

  /**
   * Gives it another name.
   *
   * Errors: `session_invalid`, `file_exists`, `session_locked`, `file_error`.
   *
   * @example
   * ```ts
   * await sessions.import("old", { string: sandbox.info.accounts[1]?.session ?? "" });
   * await sessions.rename("old", "older");
   * ```
   */
  async rename(name: string, to: string): Promise<void> {
    const { dataDir } = this.#options;
    if (name === to) throw sessionExists(this.#place(to));
    await moveSession(this.#place(name), this.#place(to), () => moveDefaultSession(dataDir, name, to));
  }

  /**
   * Encrypts it anew, with the passphrase or key ring of the options; one that is encrypted already as well.
   *
   * Errors: `session_invalid`, `session_locked`, `input_invalid`, `secret_unavailable`, `file_error`.
   *
   * @example
   * ```ts
   * await sessions.encrypt("work", { encryption: "passphrase", passphrase: "three words are better" });
   * ```
   */
  async encrypt(session: SessionReference, seal: SealOptions = {}): Promise<SessionForm> {
    // Whoever asks for it wants it, whatever holds for new sessions.
    const wanted = this.#options.encryption === "none" ? ({ encryption: "auto" } as const) : {};
    return resealSession(this.#place(session), this.#options, async () => {
      const key = await newSealKey({ ...this.#options, ...wanted, ...seal });
      if (key !== undefined) return key;
      throw new GuardError("secret_unavailable", "There is neither a passphrase nor a key ring to encrypt with.", {
        details: { source: "keychain" },
        nextStep: "Set TG_SESSION_PASSPHRASE or TG_SECRET_CMD_SESSION_PASSPHRASE, or start the key ring's service.",
      });
    });
  }

  /**
   * Takes the encryption away.
   *
   * Errors: `session_invalid`, `session_locked`, `secret_unavailable`, `file_error`.
   *
   * @example
   * ```ts
   * await sessions.decrypt("work"); // with the passphrase of the options
   * ```
   */
  async decrypt(session: SessionReference): Promise<SessionForm> {
    return resealSession(this.#place(session), this.#options, () => Promise.resolve(undefined));
  }

  /**
   * Takes a session of Telethon or GramJS over, which stays as it is. One session must not be used from two machines at
   * once: Telegram may end it.
   *
   * Errors: as {@link Sessions.write}.
   *
   * @example
   * ```ts
   * await sessions.import("home", { string: sandbox.info.accounts[1]?.session ?? "" }); // or `{ path: "telethon.session" }`
   * ```
   */
  async import(name: string, source: ImportSource, options: WriteOptions = {}): Promise<SessionForm> {
    await makeSessionsFolder(this.#place(name));
    await removeImports(this.folder);
    return this.write(name, { key: await importKey(source, this.folder) }, options);
  }

  /**
   * Its key, to end the session with `logOut`.
   *
   * Errors: `session_invalid`, `secret_unavailable`, `input_invalid`.
   *
   * @example
   * ```ts
   * const key = await sessions.keyOf("work"); // prints as [redacted]
   * ```
   */
  async keyOf(session: SessionReference): Promise<Redacted<SessionKey>> {
    return (await readSession(this.#place(session), this.#options)).key;
  }

  /**
   * The session as a string for GramJS or Telethon. Whoever has it has the account, so it takes `confirm: true`.
   *
   * Errors: `input_invalid` without it, `session_invalid`, `secret_unavailable`.
   *
   * @example
   * ```ts
   * const text = await sessions.export("work", { confirm: true, format: "telethon" });
   * console.log(text); // [redacted], until `text.expose()`
   * ```
   */
  async export(
    session: SessionReference,
    { confirm, format = "gramjs" }: { readonly confirm: boolean; readonly format?: StringFormat },
  ): Promise<Redacted<string>> {
    if (!confirm) {
      throw new GuardError("input_invalid", "A session string gives the whole account to whoever reads it.", {
        details: { path: "confirm" },
        nextStep:
          "Let a person decide, and call again with `confirm: true` (in a shell: --yes-give-the-account-away). Use the string on this machine alone.",
      });
    }
    const { key, head } = await readSession(this.#place(session), this.#options);
    const address = this.#options.addressOf(head.dcId) ?? { host: "127.0.0.1", port: 443 };
    return formatSessionString(key, address, format);
  }

  /**
   * Binds the session to the state store in use, so that programs on that store may write with it.
   *
   * Errors: `session_invalid`, `session_locked`, `secret_unavailable`, `file_error`, `store_unavailable`, `state_lost`,
   * `input_invalid` for a store that ends with the process.
   *
   * @example
   * ```ts
   * await sessions.adopt("work");
   * ```
   */
  async adopt(session: SessionReference): Promise<void> {
    const place = this.#place(session);
    await checkFile(place);
    const lasting = await this.#options.openStore();
    try {
      if (lasting.volatile === true) throw notLasting();
      const store = await storeIdOf(lasting);
      await changeHead(
        place,
        this.#options,
        (head) => ({ ...head, store }),
        () => noRoom(place.shown),
      );
    } finally {
      await lasting.close();
    }
  }

  /**
   * Whether two session files are one session: the same file, or the same login.
   *
   * @example
   * ```ts
   * const [{ path }, other] = [await sessions.info("work"), await sessions.info("home")];
   * console.log(await sessions.same(path, other.path)); // false
   * ```
   */
  same(one: string, other: string): Promise<boolean> {
    return sameSession(one, other, this.#options);
  }

  #place(session: SessionReference): SessionPlace {
    return placeOf(session, this.folder);
  }
}

const notLasting = (): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", "TG_STATE_URL: a session cannot belong to a store that ends with the process.", {
    details: { path: "TG_STATE_URL" },
    nextStep: "Name the store that is to be the session's: sqlite:PATH or redis://…",
  });

const noRoom = (session: string): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", `The session ${session} is a string, which belongs to no store.`, {
    details: { path: "name" },
    nextStep: `Make a session file of it: tg-guarded sessions import NAME --file FILE`,
  });
