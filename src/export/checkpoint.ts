import { z } from "zod";
import { GuardError } from "../errors.js";
import { readRecord, removeRecord, writeRecord } from "./record-file.js";
import { fileExists } from "../files/file-errors.js";
import { partPath, sizeOf } from "./part-file.js";

/** What an export is, beyond the name of its file: going on with another one would mix the two. */
export type Identity = Readonly<Record<string, string | number | boolean | readonly string[] | null>>;

const written = z.object({ count: z.int().min(0), carry: z.string().exactOptional() });

const missing = z.object({
  what: z.string(),
  count: z.int(),
  why: z.string(),
  byChoice: z.boolean().exactOptional(),
});

const schema = z.object({
  v: z.literal(1),
  identity: z.record(z.string(), z.json()),
  /** Length of the file without its tail. */
  bytes: z.int().min(0),
  written,
  /** Where the source goes on; absent at the beginning. */
  cursor: z.string().exactOptional(),
  reported: z.int().min(0),
  requests: z.int().min(0),
  waitedMs: z.number().min(0),
  missing: z.array(missing),
  /** The size of the complete export that this one will take the place of. */
  replaces: z.int().min(0).exactOptional(),
});

/** How far an export has come: kept beside the file while it is being made, and in the manifest when it is complete. */
export type Checkpoint = z.infer<typeof schema>;

const manifestSchema = z.object({ bytes: z.int().min(0), resume: schema });

export const checkpointPath = (to: string): string => `${to}.checkpoint.json`;
export const manifestPath = (to: string): string => `${to}.manifest.json`;

export const saveCheckpoint = (to: string, checkpoint: Checkpoint): Promise<void> =>
  writeRecord(checkpointPath(to), checkpoint);

/** `bytes` is the size of the complete file: a file of another size is not the one that this describes. */
export const saveManifest = (to: string, report: object, bytes: number, resume: Checkpoint): Promise<void> =>
  writeRecord(manifestPath(to), { ...report, bytes, resume });

export const dropCheckpoint = (to: string): Promise<void> => removeRecord(checkpointPath(to));

/** Where to begin. */
export type Beginning =
  | { readonly kind: "fresh" }
  /** An earlier run did not come to its end. */
  | { readonly kind: "interrupted"; readonly from: Checkpoint }
  /** The file is complete; what is new is added. */
  | { readonly kind: "complete"; readonly from: Checkpoint; readonly size: number };

/**
 * What stands on the disk decides where an export begins.
 *
 * @throws {@link GuardError} `file_exists` when the file is no export of ours, `checkpoint_mismatch` when it is another one
 */
export async function findBeginning(to: string, identity: Identity): Promise<Beginning> {
  const [size, partSize] = await Promise.all([sizeOf(to), sizeOf(partPath(to))]);
  const checkpoint = await readRecord(checkpointPath(to), schema);
  if (checkpoint !== undefined && partSize !== undefined && partSize >= checkpoint.bytes) {
    assertSame(to, identity, checkpoint);
    if (size === checkpoint.replaces) return { kind: "interrupted", from: checkpoint };
  }
  if (size === undefined) return { kind: "fresh" };
  const manifest = await readRecord(manifestPath(to), manifestSchema);
  if (manifest?.bytes !== size) throw fileExists(to);
  assertSame(to, identity, manifest.resume);
  return { kind: "complete", from: manifest.resume, size };
}

/** Whatever an earlier run left is written over, but for a complete file. */
export async function freshBeginning(to: string): Promise<Beginning> {
  if ((await sizeOf(to)) !== undefined) throw fileExists(to);
  return { kind: "fresh" };
}

function assertSame(to: string, identity: Identity, found: Checkpoint): void {
  const differs = Object.keys({ ...identity, ...found.identity }).find(
    (name) => JSON.stringify(identity[name]) !== JSON.stringify(found.identity[name]),
  );
  if (differs === undefined) return;
  throw new GuardError("checkpoint_mismatch", `${to} was begun by another export: ${differs} differs.`, {
    details: { path: to, differs },
    nextStep: "Ask for the same as before, name another file, or begin anew by moving the old files away.",
  });
}
