import { writeFile } from "node:fs/promises";
import type { SandboxInfo } from "tg-guarded/testing";

/** What programs are started with to use a sandbox. Sessions stand in the file: keep it out of folders that must hold none. */
export async function sandboxEnv(path: string, info: SandboxInfo): Promise<Readonly<Record<string, string>>> {
  await writeFile(path, JSON.stringify(info), { mode: 0o600 });
  return { TG_SANDBOX: path };
}
