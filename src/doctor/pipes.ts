import { statSync } from "node:fs";
import { join } from "node:path";
import { configFolder } from "../env/config-file.js";
import { read, type Env } from "../env/values.js";
import { GuardError } from "../errors.js";

/**
 * Files that are read at once and as a whole: a pipe in the place of one would keep the program waiting for ever, and could
 * not be read twice.
 *
 * @throws {@link GuardError} `input_invalid`
 */
export function assertNoPipes(env: Env): void {
  const config = read(env, "TG_CONFIG_FILE") ?? join(configFolder(env), "config.toml");
  for (const path of [config, read(env, "TG_SANDBOX"), read(env, "TG_ENV_FILE")]) {
    if (path === undefined || !isPipe(path)) continue;
    throw new GuardError("input_invalid", `${path} is a pipe; nothing is read from it.`, {
      details: { path },
      nextStep: "Name a file: TG_CONFIG_FILE, TG_SANDBOX, TG_ENV_FILE.",
    });
  }
}

function isPipe(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFIFO() === true;
  } catch {
    // Whoever reads it will say why that cannot be done.
    return false;
  }
}
