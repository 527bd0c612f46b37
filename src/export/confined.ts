import { Writable } from "node:stream";
import { GuardError } from "../errors.js";
import type { FileAccess } from "../files/access.js";
import { fileExists } from "../files/file-errors.js";
import { findPlace } from "../files/find-place.js";
import type { Place } from "../files/place.js";
import { checkpointPath, manifestPath } from "./checkpoint.js";
import { whileAlone } from "./export-lock.js";
import { partPath } from "./part-file.js";

interface Confinable {
  readonly to: string | Writable;
  readonly withinRoots?: boolean;
}

/**
 * The same options, with the path of a new file inside of the allowed folders where they ask to be kept to them.
 *
 * @throws {@link GuardError} `path_not_allowed`, `file_exists`, `export_busy`, `file_error`, `input_invalid`
 */
export async function confined<O extends Confinable>(access: FileAccess, options: O): Promise<Omit<O, "withinRoots">> {
  const { withinRoots = false, ...rest } = options;
  if (!withinRoots) return rest;
  if (rest.to instanceof Writable) throw needsPath();
  const place = await findPlace(access, rest.to, "");
  if (place.name === "") throw place.refused("it is a folder");
  await place.makeFolders();
  await place.assertFree();
  // What a run that goes on now has beside it is nobody's to move away.
  await whileAlone(place.path, () => assertOwn(place));
  return { ...rest, to: place.path };
}

/** What stands beside it must be what an interrupted export leaves: files, and none without the checkpoint. */
async function assertOwn(place: Place): Promise<void> {
  const beside = (pathOf: (to: string) => string): Place => place.beside(pathOf(""));
  const checkpoint = beside(checkpointPath);
  const isInterrupted = (await checkpoint.find()) !== undefined;
  const left = [checkpoint, beside(partPath), beside(manifestPath)];
  const drafts = [place, ...left].map((one) => one.beside(".new"));
  for (const one of [...left, ...drafts]) {
    const found = await one.find();
    if (found === undefined) continue;
    if (!found.isFile() || found.nlink > 1n) throw one.refused("it is no file, or has a second name elsewhere");
    if (!isInterrupted) throw fileExists(one.path);
  }
}

const needsPath = (): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", "options.withinRoots: a stream lies in no folder.", {
    details: { path: "options.withinRoots" },
    nextStep: "Export to a file, or leave withinRoots out.",
  });
