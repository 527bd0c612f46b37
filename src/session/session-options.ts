import { join } from "node:path";
import { z } from "zod";
import type { SessionPlane } from "../errors.js";
import { Redacted } from "../redacted.js";
import type { KeyRing } from "../secrets/key-ring.js";
import type { ConflictOptions } from "./conflict.js";
import type { ExpectedAccount } from "./expected-account.js";
import type { OpenSessionOptions } from "./open-session.js";
import type { PassphraseSource, SealOptions } from "./seal-keys.js";
import type { LockMode } from "./session-lock.js";
import { sessionsFolder } from "./session-place.js";

/** How session files are kept and shared. */
export interface SessionOptions extends SealOptions {
  /** The folder of sessions that go by a name. @defaultValue `sessions` in the data folder */
  readonly dir?: string;
  /** Who may work with the session at the same time. @defaultValue "shared" */
  readonly lock?: LockMode;
  /** `copy`: what the client learns stays in memory; `direct`: it is written back. @defaultValue "copy" */
  readonly runtime?: "copy" | "direct";
  /** The client does not open with another account's session. */
  readonly expect?: ExpectedAccount;
  /** Which side of the account this program is for: both sides are then told when they use one session. */
  readonly plane?: SessionPlane;
  readonly conflict?: ConflictOptions;
  /** Lets a store that ends with the process write with a session that belongs to another. @defaultValue false */
  readonly acceptVolatileStore?: boolean;
}

const isSource = (value: unknown): value is PassphraseSource =>
  (typeof value === "string" && value !== "") || value instanceof Redacted || typeof value === "function";
const isKeyRing = (value: unknown): value is KeyRing =>
  typeof value === "object" && value !== null && "get" in value && "set" in value && "delete" in value;

const text = z.string().min(1);

export const sessionOptionsSchema = z.strictObject({
  dir: text.exactOptional(),
  lock: z.enum(["shared", "exclusive", "off"]).default("shared"),
  runtime: z.enum(["copy", "direct"]).default("copy"),
  expect: z.strictObject({ id: z.int().positive().exactOptional(), username: text.exactOptional() }).exactOptional(),
  plane: z.enum(["read", "actions"]).exactOptional(),
  conflict: z
    .strictObject({
      mode: z.enum(["warn", "fail"]).exactOptional(),
      readPath: text.exactOptional(),
      actionsPath: text.exactOptional(),
      registry: text.exactOptional(),
    })
    .default({}),
  acceptVolatileStore: z.boolean().default(false),
  encryption: z.enum(["auto", "keyring", "passphrase", "none"]).default("auto"),
  passphrase: z
    .custom<PassphraseSource>(isSource, "must be a text that is not empty, or a function that gives one")
    .exactOptional(),
  keyRing: z.custom<KeyRing>(isKeyRing, "must be a key ring").exactOptional(),
});

export type ParsedSessionOptions = z.output<typeof sessionOptionsSchema>;

export const folderOf = ({ dir }: Pick<SessionOptions, "dir">, dataDir: string): string =>
  dir ?? sessionsFolder(dataDir);

/** What {@link openSession} takes, from what a caller said. */
export function openingOf(options: ParsedSessionOptions, dataDir: string): OpenSessionOptions {
  const folder = folderOf(options, dataDir);
  const registry = options.conflict.registry ?? join(folder, "session-registry.json");
  return { ...options, folder, conflict: { ...options.conflict, registry } };
}
