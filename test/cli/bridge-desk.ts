import { execFileSync } from "node:child_process";
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

/** The processes that this one has started and that still run. */
export function childrenOf(pid: number | undefined): readonly string[] {
  try {
    const found = execFileSync("ps", ["-o", "pid=,stat=", "--ppid", String(pid)], { encoding: "utf8" });
    return found
      .trim()
      .split("\n")
      .flatMap((line) => (/^\s*(\d+)\s+[^Z]/.exec(line) ?? []).slice(1));
  } catch {
    return [];
  }
}

/** One that has ended and was not yet waited for counts as gone. */
export function isAlive(pid: string): boolean {
  try {
    return !execFileSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" }).trim().startsWith("Z");
  } catch {
    return false;
  }
}
