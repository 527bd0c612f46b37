import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isMissing } from "../system-error.js";

/**
 * State that disappears must be an error, not a fresh start. The store carries a random generation, and a small file
 * beside it carries the same: a store without the generation that the file names has been lost or replaced.
 */
export const markerPathFor = (databasePath: string): string =>
  join(dirname(databasePath), `.generation-${basename(databasePath)}`);

export const newGeneration = (): string => randomUUID();

export function readMarker(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** In one step: a process that starts at the same moment must never read half of it. */
export function writeMarker(path: string, generation: string): void {
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, `${generation}\n`, { mode: 0o600 });
  renameSync(draft, path);
}
