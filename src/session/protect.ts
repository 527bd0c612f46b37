import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { insecure } from "./faults.js";
import { protectOnWindows } from "./windows-acl.js";

/** Leaves a file or folder of Windows to its owner. @throws {@link GuardError} `session_invalid` */
export async function protect(path: string, isFolder: boolean, shown: string): Promise<void> {
  const listFile = join(tmpdir(), `tg-guarded-acl-${randomUUID()}`);
  try {
    const others = await protectOnWindows(path, isFolder, () => readFile(listFile, "utf16le"), listFile);
    if (others.length > 0) {
      throw insecure(
        shown,
        `others are let in by its access list: ${others.join(", ")}`,
        `Look at it: icacls "${path}"`,
      );
    }
  } finally {
    await rm(listFile, { force: true });
  }
}
