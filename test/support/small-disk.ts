import { spawnSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SIZE = "1m";

const mount = (path: string): boolean =>
  spawnSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "tmpfs", path]).status === 0;
const unmount = (path: string): void => {
  spawnSync("umount", ["-l", path]);
};

/** Why tests that need a full disk cannot run here; `undefined` when they can. */
export const smallDiskMissing: string | undefined = await (async () => {
  if (process.getuid?.() !== 0) return "only root may mount a small disk";
  const path = await mkdtemp(join(tmpdir(), "tg-guarded-mount-"));
  const mounted = mount(path);
  if (mounted) unmount(path);
  await rm(path, { recursive: true, force: true });
  return mounted ? undefined : "this machine does not let one mount a small disk";
})();
if (smallDiskMissing !== undefined) console.warn(`The test of a full disk is skipped: ${smallDiskMissing}.`);

export interface SmallDisk extends AsyncDisposable {
  readonly path: string;
  /** Takes all the room that is left. */
  fill(): void;
  /** Gives it back. */
  free(): void;
}

/** A disk of one megabyte. */
export async function smallDisk(): Promise<SmallDisk> {
  const path = await mkdtemp(join(tmpdir(), "tg-guarded-disk-"));
  if (!mount(path)) throw new Error("the disk cannot be mounted");
  const filler = join(path, "filler");
  return {
    path,
    fill() {
      const file = openSync(filler, "a");
      try {
        for (let size = 65_536; size >= 1; size = Math.floor(size / 2)) writeUntilFull(file, Buffer.alloc(size));
      } finally {
        closeSync(file);
      }
    },
    free: () => {
      rmSync(filler, { force: true });
    },
    async [Symbol.asyncDispose]() {
      unmount(path);
      await rm(path, { recursive: true, force: true });
    },
  };
}

function writeUntilFull(file: number, bytes: Buffer): void {
  try {
    while (writeSync(file, bytes) === bytes.length);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  }
}
