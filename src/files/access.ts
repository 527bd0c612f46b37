import { realpath } from "node:fs/promises";
import { resolve, sep } from "node:path";

/** Which files may be read to be sent. */
export interface FileAccess {
  /** Folders inside of which files may be taken. */
  readonly roots: readonly string[];
  /** Files and folders that stay private although a root holds them: state, sessions. The closest folder decides. */
  readonly hidden: readonly string[];
}

/**
 * Whether a file may be taken: of all the folders that hold it the closest decides, and one that is both is private.
 * Touches no disk; every path is absolute and without links.
 */
export function mayTake({ roots, hidden }: FileAccess, path: string): boolean {
  return closest(roots, path) > closest(hidden, path);
}

/** The length of the longest of these that holds the path: they all begin it, so the longest is the deepest. */
const closest = (places: readonly string[], path: string): number =>
  Math.max(0, ...places.filter((place) => holds(place, path)).map(({ length }) => length));

const holds = (place: string, path: string): boolean =>
  path === place || path.startsWith(place.endsWith(sep) ? place : `${place}${sep}`);

/** The same places by the names they were given, made absolute. */
export const named = ({ roots, hidden }: FileAccess): FileAccess => ({
  roots: roots.map((place) => resolve(place)),
  hidden: hidden.map((place) => resolve(place)),
});

/** Where the places really are. A root that is not there holds nothing; a hidden one keeps its name as well. */
export async function located({ roots, hidden }: FileAccess): Promise<FileAccess> {
  return {
    roots: await realOnes(roots),
    hidden: [...named({ roots: [], hidden }).hidden, ...(await realOnes(hidden))],
  };
}

async function realOnes(places: readonly string[]): Promise<readonly string[]> {
  const real = await Promise.all(places.map((place) => realpath(place).catch(() => undefined)));
  return real.filter((place) => place !== undefined);
}
