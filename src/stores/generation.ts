import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

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

export function writeMarker(path: string, generation: string): void {
  writeFileSync(path, `${generation}\n`, { mode: 0o600 });
}

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";
