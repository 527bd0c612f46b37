import { GuardError } from "../errors.js";
import { Redacted } from "../redacted.js";

/**
 * The operating system's store of secrets: macOS Keychain, Linux Secret Service, Windows Credential Manager.
 *
 * @example
 * ```ts
 * import { openSessions, type KeyRing, type Redacted } from "tg-guarded";
 *
 * const entries = new Map<string, Redacted<string>>(); // for tests: one that ends with the process
 * const keyRing: KeyRing = {
 *   get: async (service, account) => entries.get(`${service} ${account}`),
 *   set: async (service, account, secret) => void entries.set(`${service} ${account}`, secret),
 *   delete: async (service, account) => entries.delete(`${service} ${account}`),
 * };
 * const sessions = openSessions({ sessions: { encryption: "keyring", keyRing } });
 * ```
 */
export interface KeyRing {
  /** `undefined` when there is no such entry. */
  get(service: string, account: string): Promise<Redacted<string> | undefined>;
  /** Writes an entry, over one that is there. */
  set(service: string, account: string, secret: Redacted<string>): Promise<void>;
  /** Whether there was one. */
  delete(service: string, account: string): Promise<boolean>;
}

/** Without this Linux falls back to the kernel's keys, which a restart of the machine forgets. */
const LASTING = { linux: { store: "secret-service" } } as const;

/**
 * The key ring of this machine and user. It is opened with the first call.
 *
 * Errors of all calls: `secret_unavailable`.
 *
 * @example
 * ```ts
 * import { isGuardError, osKeyRing } from "tg-guarded";
 *
 * try {
 *   const hash = await osKeyRing().get("tg-guarded", "TG_API_HASH");
 *   console.log(hash); // [redacted], or undefined
 * } catch (error) {
 *   if (!isGuardError(error, "secret_unavailable")) throw error; // a machine without a key ring
 * }
 * ```
 */
export function osKeyRing(): KeyRing {
  const entry = async (service: string, account: string) => {
    const { AsyncEntry } = await import("@napi-rs/keyring");
    return new AsyncEntry(service, account, LASTING);
  };
  return {
    async get(service, account) {
      const secret = await asked("be read", async () => (await entry(service, account)).getPassword());
      return secret === null ? undefined : new Redacted(secret);
    },
    set: (service, account, secret) =>
      asked("be written", async () => (await entry(service, account)).setPassword(secret.expose())),
    delete: (service, account) => asked("be written", async () => (await entry(service, account)).deletePassword()),
  };
}

async function asked<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new GuardError("secret_unavailable", `The operating system's key ring cannot ${what}.`, {
      details: { source: "keychain" },
      nextStep:
        "Unlock it, or start its service; without a key ring (a server, a container) set TG_SECRET_PROVIDER to env or command.",
      cause,
    });
  }
}
