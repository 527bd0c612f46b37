import { basename, isAbsolute, join, relative, resolve, sep } from "node:path";
import { located, mayTake, type FileAccess } from "./access.js";
import { notAllowed, onFile } from "./file-errors.js";
import { lstatOf, realRoot } from "./look.js";
import { Place } from "./place.js";

/**
 * Finds the place for a file inside one of the allowed folders, which are made when they are missing.
 *
 * @param to a folder, or the path of the file itself; relative to the first allowed folder, which is meant without it
 * @param name the file's name in a folder
 * @throws {@link GuardError} `path_not_allowed`, `file_error`
 */
export async function findPlace(access: FileAccess, to: string | undefined, name: string): Promise<Place> {
  const { roots } = access;
  const [first = ""] = roots;
  const path = resolve(first, to ?? ".");
  if (/\p{Cc}/u.test(path)) throw notAllowed(path, "it has control characters", roots);
  for (const root of roots) {
    const real = await realRoot(root);
    const inside = pathInside(resolve(root), path) ?? pathInside(real, path);
    if (inside === undefined) continue;
    const isFolder =
      inside === "" ||
      /[/\\]$/.test(to ?? "") ||
      (await onFile(path, () => lstatOf(join(real, inside))))?.isDirectory();
    const levels = inside.split(sep).filter((level) => level !== "");
    const place =
      isFolder === true
        ? new Place(real, levels, name, roots)
        : new Place(real, levels.slice(0, -1), basename(inside), roots);
    // Whoever could write among sessions and state could bring one of his own.
    if (mayTake(await located(access), place.path)) return place;
    throw notAllowed(path, "it lies in a folder that stays private", roots);
  }
  throw notAllowed(path, "it lies outside of the allowed folders", roots);
}

function pathInside(root: string, path: string): string | undefined {
  const inside = relative(root, path);
  return inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside) ? undefined : inside;
}
