import { writeFile } from "node:fs/promises";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";

/** A sandbox of several data centres, where nobody is logged in, and the variables that lead the command there. */
export interface LoginDesk extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly folder: Awaited<ReturnType<typeof tempFolder>>;
  readonly env: Record<string, string>;
}

export async function openLoginDesk(): Promise<LoginDesk> {
  const sandbox = await startSandbox({ dcs: 3 });
  const folder = await tempFolder();
  await writeFile(folder.file("info.json"), JSON.stringify(sandbox.info), { mode: 0o600 });
  const env = { TG_SANDBOX: folder.file("info.json"), TG_DATA_DIR: folder.file("data"), HOME: folder.path };
  return {
    ...{ sandbox, folder, env },
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
