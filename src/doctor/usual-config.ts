import { homedir } from "node:os";
import { join } from "node:path";
import { read } from "../env/values.js";
import { readSettings, type ConfiguredServer } from "./mcp-config.js";

/** A file and the servers of this package that it configures. */
export interface McpConfig {
  readonly path: string;
  readonly servers: readonly ConfiguredServer[];
}

/**
 * The first of the user's own files that configures a server of this package: Codex's, then Claude Code's for all projects.
 * No file of the working folder: a cloned repository could hold one.
 *
 * Errors: `input_invalid` where one of them is broken.
 *
 * @example
 * ```ts
 * import { usualMcpConfig } from "tg-guarded";
 *
 * const config = await usualMcpConfig();
 * console.log(config?.path ?? "nothing is configured");
 * ```
 */
export async function usualMcpConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<McpConfig | undefined> {
  const codex = read(env, "CODEX_HOME") ?? join(homedir(), ".codex");
  for (const path of [join(codex, "config.toml"), join(homedir(), ".claude.json")]) {
    const servers = await readSettings(path);
    if (servers.length > 0) return { path, servers };
  }
  return undefined;
}
