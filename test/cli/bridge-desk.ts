import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { runCli, type CliResult } from "../support/cli.js";
import { tempFolder } from "../support/temp-folder.js";

export const LAB = "@tidewater_lab";

/** A file of the build. */
export const built = (name: string): string => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));

type Env = Readonly<Record<string, string>>;

/** Somebody at a shell, with a sandbox, who may write to one chat. */
export interface BridgeDesk extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly file: (name: string) => string;
  readonly env: Env;
  readonly run: (args: readonly string[], env?: Env) => Promise<CliResult>;
  /** How often a text stands in the chat. */
  readonly copies: (text: string) => number;
  /** Writes a `.mcp.json` with these servers. */
  readonly configure: (servers: object) => Promise<string>;
}

export async function bridgeDesk(): Promise<BridgeDesk> {
  const sandbox = await startSandbox();
  const folder = await tempFolder();
  await writeFile(folder.file("info.json"), JSON.stringify(sandbox.info), { mode: 0o600 });
  const env = {
    ...{ TG_SANDBOX: folder.file("info.json"), TG_DATA_DIR: folder.file("data"), HOME: folder.path },
    ...{ TG_ACTIONS_ENABLED: "1", TG_ACTIONS_ALLOWED_GROUPS: LAB, TG_ACTIONS_OPERATOR_WAIT_SEC: "0" },
  };
  return {
    ...{ sandbox, env },
    file: (name) => folder.file(name),
    run: (args, more = {}) => runCli(args, { ...env, ...more }),
    copies: (text) => [...sandbox.world.chat(LAB).messages()].filter((message) => message.text === text).length,
    async configure(servers) {
      await writeFile(folder.file(".mcp.json"), JSON.stringify({ mcpServers: servers }));
      return folder.file(".mcp.json");
    },
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
