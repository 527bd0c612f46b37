import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { GuardError } from "../errors.js";
import { parseInput } from "../input.js";
import type { ClientOptions } from "../options.js";
import { ENDING, type SessionSource } from "../session/session-place.js";
import { readSessionSource, sessionsFolderOf } from "./sessions.js";
import { read, type Env } from "./values.js";

/** What says whom to talk to, and as whom. */
export type EnvBase = Pick<ClientOptions, "apiId" | "apiHash" | "session" | "server"> & { readonly dataDir: string };

const dataCenter = z.object({ id: z.int(), host: z.string(), port: z.int() });
const sandboxInfo = z.object({
  dcs: z.array(dataCenter).min(1),
  publicKeyPem: z.string(),
  apiId: z.int(),
  apiHash: z.string(),
  accounts: z
    .array(z.object({ id: z.int(), username: z.string().optional(), session: z.string() }))
    .min(1, "has no account"),
});
type SandboxInfo = z.infer<typeof sandboxInfo>;

/**
 * A sandbox brings everything: its address, its key and its accounts. A session is chosen as always; a name that no session
 * has may also be one of those accounts, and without any it is the first of them.
 */
export function fromSandbox(file: string, env: Env, overrides: Partial<ClientOptions>): EnvBase {
  const { session, sessions } = overrides;
  const info = readSandbox(file);
  const dataDir = overrides.dataDir ?? read(env, "TG_DATA_DIR") ?? `${file}.data`;
  const folder = sessions?.dir ?? sessionsFolderOf(env, dataDir);
  const wanted = session ?? readSessionSource(env, dataDir, sessions?.plane);
  return { ...applicationIn(info), session: sessionIn(info, wanted, folder), dataDir };
}

function sessionIn({ accounts }: SandboxInfo, wanted: SessionSource | undefined, folder: string): SessionSource {
  if (wanted !== undefined && (typeof wanted !== "string" || hasSession(folder, wanted))) return wanted;
  const isWanted = ({ id, username }: SandboxInfo["accounts"][number]): boolean =>
    wanted === undefined || wanted === username || wanted === String(id);
  const account = accounts.find(isWanted);
  if (account !== undefined) return { string: account.session };
  const names = accounts.map(({ id, username }) => username ?? String(id)).join(", ");
  throw new GuardError("session_invalid", `The sandbox has no account ${String(wanted)}.`, {
    details: { session: String(wanted), reason: "missing" },
    nextStep: `Set SESSION_NAME to one of: ${names}.`,
  });
}

/** The application that the sandbox knows, and where it listens. */
export const sandboxApplication = (file: string): Pick<ClientOptions, "apiId" | "apiHash" | "server"> =>
  applicationIn(readSandbox(file));

const applicationIn = ({ apiId, apiHash, dcs, publicKeyPem }: SandboxInfo) => ({
  apiId,
  apiHash,
  server: { dcs, publicKeyPem },
});

const readSandbox = (file: string): SandboxInfo => parseInput(sandboxInfo, readJson(file), "TG_SANDBOX");

/** A session that somebody has logged in to the sandbox for. */
const hasSession = (folder: string, name: string): boolean => existsSync(join(folder, `${basename(name)}${ENDING}`));

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new GuardError("input_invalid", `TG_SANDBOX: ${file} is not the info file of a sandbox.`, {
      details: { path: "TG_SANDBOX" },
      nextStep: "Start one with `tg-guarded sandbox --info FILE`, and set TG_SANDBOX to that file.",
      cause,
    });
  }
}
