import { constants } from "node:fs";
import { mkdir, open, readdir, readFile, type FileHandle } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { isMissing } from "../system-error.js";
import { auditBroken } from "./broken.js";
import { endOfLineBefore } from "./chained-line.js";
import type { PlacedLine } from "./head.js";

/** The first file has the trail's own name; the others carry their number: `audit.jsonl`, `audit.2.jsonl`. */
export function fileName(path: string, file: number): string {
  if (file === 1) return path;
  const extension = extname(path);
  return `${path.slice(0, path.length - extension.length)}.${file}${extension}`;
}

/** What stands in a file of the trail; `undefined` when there is none. */
export async function readTrailFile(path: string, file: number): Promise<Buffer | undefined> {
  try {
    return await readFile(fileName(path, file));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The first number above those of all files on the disk. */
export async function freeFileNumber(path: string): Promise<number> {
  const names = new Set(await readdir(dirname(path)).catch(() => []));
  const extension = extname(path);
  const stem = basename(path, extension);
  const numbers = [...names].map((name) => {
    if (name === basename(path)) return 1;
    const middle = name.startsWith(`${stem}.`) && name.endsWith(extension) ? name.slice(stem.length + 1) : "";
    return Number(/^\d+/.exec(middle)?.[0] ?? 0);
  });
  return Math.max(0, ...numbers) + 1;
}

/**
 * Writes lines to their places and waits for the disk. Others may write the same lines at the same time, or may have
 * done so before and been killed in the middle: it is the same bytes at the same place.
 *
 * @throws {@link GuardError} `audit_broken` when the file is not the one that the store knows
 */
export async function writeLines(path: string, lines: readonly PlacedLine[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  for (const group of byFile(lines)) await writeGroup(fileName(path, group[0].file), group);
}

type Group = readonly [PlacedLine, ...PlacedLine[]];

function byFile(lines: readonly PlacedLine[]): Group[] {
  const groups: [PlacedLine, ...PlacedLine[]][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last?.[0].file === line.file) last.push(line);
    else groups.push([line]);
  }
  return groups;
}

async function writeGroup(path: string, group: Group): Promise<void> {
  const [{ offset, prev }] = group;
  const bytes = Buffer.from(group.map(({ text }) => text).join(""));
  const handle = await openFor(path, offset);
  try {
    await assertFollows(handle, path, offset, prev);
    await assertFree(handle, path, offset, bytes);
    await writeAll(handle, bytes, offset);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  if (offset === 0) await syncFolder(dirname(path));
}

/** Only the first line makes its file; a link is not followed. */
async function openFor(path: string, offset: number): Promise<FileHandle> {
  const make = offset === 0 ? constants.O_CREAT : 0;
  try {
    return await open(path, constants.O_RDWR | constants.O_NOFOLLOW | make, 0o600);
  } catch (error) {
    throw isMissing(error) ? auditBroken(path, "missing") : error;
  }
}

/** The line before must be there: a file that was cut or replaced is not gone on with. */
async function assertFollows(handle: FileHandle, path: string, offset: number, prev: string): Promise<void> {
  if (offset === 0) return;
  const expected = endOfLineBefore(prev);
  const found = await readAt(handle, offset - expected.length, expected.length);
  if (found.length < expected.length) throw auditBroken(path, "cut");
  if (!found.equals(expected)) throw auditBroken(path, "changed");
}

/** Where the lines go there may stand themselves, wholly or in part, and nothing else. */
async function assertFree(handle: FileHandle, path: string, offset: number, bytes: Buffer): Promise<void> {
  const found = await readAt(handle, offset, bytes.length);
  if (!isPartOf(found, bytes)) throw auditBroken(path, "changed");
}

/** After a power cut bytes that had not reached the disk read as zeros. */
export const isPartOf = (found: Buffer, bytes: Buffer): boolean =>
  found.every((byte, index) => byte === 0 || byte === bytes[index]);

async function readAt(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(buffer, done, length - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return buffer.subarray(0, done);
}

async function writeAll(handle: FileHandle, bytes: Buffer, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, offset + done);
    done += bytesWritten;
  }
}

/** So that the name of a new file survives a power cut too; where folders cannot be opened there is no such thing. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(join(path, "."), constants.O_RDONLY).catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
