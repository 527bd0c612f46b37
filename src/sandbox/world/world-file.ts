import { readFileSync } from "node:fs";
import { populateFromExport } from "./export-file/populate.js";
import { WorldFileError } from "./export-file/world-file-error.js";
import { isDescription, populateFromDescription } from "./plan/source.js";
import type { World } from "./world.js";

/**
 * Makes a world of a file: a world file of ours, or the result.json of a Telegram Desktop export.
 *
 * @throws {@link WorldFileError}; SandboxError `world_invalid` for what a world file describes
 */
export function populateFromFile(world: World, file: string): void {
  const content = readJson(file);
  if (isDescription(content)) populateFromDescription(world, content);
  else populateFromExport(world, file, content);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const expected = cause instanceof SyntaxError ? `not JSON: ${cause.message}` : "the file cannot be read";
    throw new WorldFileError(file, "", expected, { cause });
  }
}
