import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isGuardError, openSessions, Redacted, type KeyRing, type Sessions, type SessionOptions } from "tg-guarded";
import { tempFolder } from "../support/temp-folder.js";

/** A key ring that lasts as long as the test. */
export function memoryKeyRing(): KeyRing & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  const at = (service: string, account: string): string => `${service}/${account}`;
  return {
    entries,
    get(service, account) {
      const secret = entries.get(at(service, account));
      return Promise.resolve(secret === undefined ? undefined : new Redacted(secret));
    },
    set(service, account, secret) {
      entries.set(at(service, account), secret.expose());
      return Promise.resolve();
    },
    delete: (service, account) => Promise.resolve(entries.delete(at(service, account))),
  };
}

export interface SessionDesk extends AsyncDisposable {
  readonly dataDir: string;
  /** The sessions folder. */
  readonly folder: string;
  readonly fileOf: (name: string) => string;
  /** Nothing is encrypted unless the test says so. */
  readonly sessions: (options?: Pick<SessionOptions, "encryption" | "passphrase" | "keyRing" | "dir">) => Sessions;
}

/** A data folder without a session. */
export async function sessionDesk(): Promise<SessionDesk> {
  const folder = await tempFolder();
  const dataDir = folder.file("data");
  return {
    dataDir,
    folder: join(dataDir, "sessions"),
    fileOf: (name) => join(dataDir, "sessions", `${name}.session`),
    sessions: (options = {}) => openSessions({ dataDir, sessions: { encryption: "none", ...options } }),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** A login that nobody made. */
export const newKey = (dcId = 2) => ({ key: new Redacted({ dcId, authKey: new Uint8Array(randomBytes(256)) }) });

/** As a string of GramJS, or of Telethon. */
export function stringOf({ key }: ReturnType<typeof newKey>, format: "gramjs" | "telethon" = "gramjs"): string {
  const { dcId, authKey } = key.expose();
  const address = format === "gramjs" ? Buffer.from("127.0.0.1") : Buffer.of(149, 154, 167, 51);
  const head = format === "gramjs" ? Buffer.of(dcId, 0, address.length) : Buffer.of(dcId);
  return `1${Buffer.concat([head, address, Buffer.of(1, 187), authKey]).toString("base64")}`;
}

/** The code of what a work is refused with, and the reason where there is one. */
export async function refusal(work: () => unknown): Promise<string> {
  try {
    await work();
    return "accepted";
  } catch (error) {
    if (!isGuardError(error)) throw error;
    return "reason" in error.details ? `${error.code}: ${error.details.reason}` : error.code;
  }
}

/** Writes a file where a session is expected, for its owner alone. */
export async function plant(
  { folder, fileOf }: SessionDesk,
  name: string,
  content: string | Uint8Array,
): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(fileOf(name), content, { mode: 0o600 });
  await chmod(fileOf(name), 0o600);
  return fileOf(name);
}

export const textOf = (path: string): Promise<string> => readFile(path, "utf8");
