import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadEnvFile as load } from "node:process";
import { GuardError } from "../errors.js";
import { configFolder } from "./config-file.js";
import { read } from "./values.js";

/**
 * Loads variables into the environment of this process, which wins over them: from the file that is named, or TG_ENV_FILE,
 * or `.env` of the user's configuration folder. A `.env` of the working folder is never read: a repository may hold one.
 *
 * @throws {@link GuardError} `input_invalid` when the file cannot be read
 *
 * @example
 * ```ts
 * import { loadEnvFile } from "tg-guarded";
 *
 * loadEnvFile(); // before GuardedClient.fromEnv()
 * ```
 */
export function loadEnvFile(file = read(process.env, "TG_ENV_FILE")): void {
  const usual = join(configFolder(process.env), ".env");
  if (file === undefined && !existsSync(usual)) return;
  const path = file ?? usual;
  try {
    load(path);
  } catch (cause) {
    throw new GuardError("input_invalid", `The file of variables ${path} cannot be read.`, {
      details: { path },
      nextStep: "Check the path that --env-file or TG_ENV_FILE names.",
      cause,
    });
  }
}
