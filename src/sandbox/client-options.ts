import { SandboxError } from "./error.js";
import type { SandboxInfo } from "./info.js";

/** What a client of tg-guarded is opened with to use this sandbox. */
export interface SandboxClientOptions {
  readonly apiId: number;
  readonly apiHash: string;
  readonly session: { readonly string: string };
  /** A folder that is removed with the sandbox: its state never meets that of a real account. */
  readonly dataDir: string;
  readonly server: {
    readonly dcs: SandboxInfo["dcs"][number][];
    readonly publicKeyPem: string;
  };
}

/** @param account an id or a username; the first account by default */
export function clientOptions(info: SandboxInfo, dataDir: string, account?: number | string): SandboxClientOptions {
  const { apiId, apiHash, accounts, dcs, publicKeyPem } = info;
  const chosen = accounts.find(({ id, username }) => account === undefined || account === id || account === username);
  if (chosen === undefined) {
    const names = accounts.map(({ id, username }) => username ?? String(id)).join(", ");
    throw new SandboxError(
      "no_such_account",
      `this sandbox has no account ${account ?? ""}`,
      `Choose one of: ${names}.`,
    );
  }
  return { apiId, apiHash, session: { string: chosen.session }, dataDir, server: { dcs: [...dcs], publicKeyPem } };
}
