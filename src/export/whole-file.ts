import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { onFile } from "../files/file-errors.js";

/** Other users of the machine have no business in somebody's messages. */
export const OWNER_ONLY = 0o600;

/**
 * Writes a file that appears in one step: a reader sees the old one or the new one, whole. No draft stays behind.
 *
 * @param lasting it is on the disk for good before it gets its name
 */
export const writeWhole = (to: string, text: string, { lasting }: { readonly lasting: boolean }): Promise<void> =>
  onFile(to, async () => {
    const draft = `${to}.new`;
    const file = await open(draft, "w", OWNER_ONLY);
    try {
      await fill(file, text, lasting);
      await rename(draft, to);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  });

async function fill(file: FileHandle, text: string, lasting: boolean): Promise<void> {
  try {
    await file.writeFile(text);
    if (lasting) await file.sync();
  } finally {
    await file.close();
  }
}
