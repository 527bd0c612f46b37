import { link, mkdir, symlink, writeFile } from "node:fs/promises";
import { execFileSync } from "node:child_process";
import { join, sep } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isGuardError } from "tg-guarded";
import { mayTake, type FileAccess } from "../../src/files/access.js";
import { fingerprintOf } from "../../src/files/fingerprint.js";
import { openToSend } from "../../src/files/open-to-send.js";
import { readParts } from "../../src/files/read-parts.js";
import { NEVER_ABORTED } from "../../src/call.js";
import { tempFolder } from "../support/temp-folder.js";

const names = fc.constantFrom("a", "b", "ab", "a.b");
const levels = fc.array(names, { minLength: 1, maxLength: 4 });
const pathOf = (parts: readonly string[]): string => sep + parts.join(sep);
const places = fc.array(levels, { maxLength: 4 });

/** The rule said another way: walk up from the file; the first folder that is named at all decides. */
function byWalking(access: FileAccess, parts: readonly string[]): boolean {
  for (let depth = parts.length; depth > 0; depth--) {
    const folder = pathOf(parts.slice(0, depth));
    if (access.hidden.includes(folder)) return false;
    if (access.roots.includes(folder)) return true;
  }
  return false;
}

describe("Which files may be taken", () => {
  it("is decided by the closest folder, and in doubt against it", () => {
    fc.assert(
      fc.property(places, places, levels, (roots, hidden, file) => {
        const access = { roots: roots.map(pathOf), hidden: hidden.map(pathOf) };
        expect(mayTake(access, pathOf(file))).toBe(byWalking(access, file));
      }),
      { numRuns: 3000 },
    );
  });

  it("may be the whole disk, save what is private", () => {
    const access = { roots: [sep], hidden: [join(sep, "data")] };
    expect(mayTake(access, join(sep, "etc", "motd"))).toBe(true);
    expect(mayTake(access, join(sep, "database"))).toBe(true);
    expect(mayTake(access, join(sep, "data", "state.db"))).toBe(false);
  });
});

async function tree() {
  const folder = await tempFolder();
  await mkdir(folder.file("root/deep"), { recursive: true });
  await mkdir(folder.file("data/downloads"), { recursive: true });
  await mkdir(folder.file("data/sessions"));
  await writeFile(folder.file("root/deep/report.txt"), "report");
  await writeFile(folder.file("root/empty"), "");
  await writeFile(folder.file("secret"), "secret");
  await writeFile(folder.file("data/sessions/me.session"), "key");
  await writeFile(folder.file("data/downloads/got.txt"), "got");
  return folder;
}

/** What comes of it: the content's length, or the code of the refusal with its reason. */
async function taken(access: FileAccess, path: string): Promise<number | string> {
  try {
    return (await fingerprintOf(access, path, 1000, NEVER_ABORTED)).sizeBytes;
  } catch (error) {
    if (isGuardError(error, "file_unavailable")) return error.details.reason;
    if (isGuardError(error)) return error.code;
    throw error;
  }
}

async function drained(parts: AsyncIterable<Buffer>): Promise<void> {
  for await (const part of parts) expect(part.length).toBeGreaterThan(0);
}

const OUTSIDE = "path_not_allowed";

describe("A file to be sent", () => {
  it("lies inside an allowed folder, however it is reached", async () => {
    await using folder = await tree();
    const access = { roots: [folder.file("root")], hidden: [folder.file("data")] };
    await symlink(folder.file("root"), folder.file("door"));
    await symlink(folder.file("root/deep/report.txt"), folder.file("root/shortcut"));
    for (const path of [
      folder.file("root/deep/report.txt"),
      "deep/report.txt",
      folder.file("root/./deep/../deep/report.txt"),
      folder.file("door/deep/report.txt"),
      folder.file("root/shortcut"),
    ]) {
      expect([path, await taken(access, path)]).toEqual([path, 6]);
    }
    expect(await taken({ ...access, roots: [folder.file("door")] }, folder.file("root/deep/report.txt"))).toBe(6);
  });

  it("does not lie outside of them, whatever name leads there", async () => {
    await using folder = await tree();
    const access = { roots: [folder.file("root")], hidden: [] };
    await symlink(folder.file("secret"), folder.file("root/link"));
    await symlink(folder.file("data"), folder.file("root/folder"));
    for (const path of [
      folder.file("secret"),
      "../secret",
      folder.file("root/../secret"),
      folder.file("root/link"),
      folder.file("root/folder/downloads/got.txt"),
      folder.file("root-beside"),
      "/dev/zero",
    ]) {
      expect([path, await taken(access, path)]).toEqual([path, OUTSIDE]);
    }
  });

  it("is not told apart from one that does not exist where nothing is allowed", async () => {
    await using folder = await tree();
    const access = { roots: [folder.file("root")], hidden: [folder.file("root/deep")] };
    expect(await taken(access, folder.file("nothing"))).toBe(OUTSIDE);
    expect(await taken(access, folder.file("root/deep/nothing"))).toBe(OUTSIDE);
    expect(await taken(access, folder.file("root/nothing"))).toBe("missing");
    expect(await taken(access, folder.file("root/empty/nothing"))).toBe("missing");
  });

  it("is no state and no session, also where a root holds the data folder", async () => {
    await using folder = await tree();
    const session = folder.file("data/sessions/me.session");
    const hidden = [folder.file("data")];
    await symlink(session, folder.file("root/link"));
    await link(session, folder.file("root/name"));
    await symlink(folder.file("data"), folder.file("alias"));
    const everywhere = [folder.path, folder.file("data"), folder.file("alias"), folder.file("root")];
    for (const roots of [...everywhere.map((root) => [root]), everywhere]) {
      for (const path of [session, folder.file("alias/sessions/me.session"), folder.file("root/link")]) {
        expect([roots, path, await taken({ roots, hidden }, path)]).toEqual([roots, path, OUTSIDE]);
      }
    }
    expect(await taken({ roots: [folder.path], hidden: [folder.file("alias")] }, session)).toBe(OUTSIDE);
    expect(await taken({ roots: [folder.path], hidden: [session] }, session)).toBe(OUTSIDE);
    expect(await taken({ roots: [folder.path], hidden }, folder.file("root/name"))).toBe(OUTSIDE);
    expect(await taken({ roots: [folder.file("data/downloads")], hidden }, folder.file("data/downloads/got.txt"))).toBe(
      3,
    );
  });

  it("is a regular file with something in it, and not too much", async () => {
    await using folder = await tree();
    const access = { roots: [folder.file("root")], hidden: [] };
    execFileSync("mkfifo", [folder.file("root/fifo")]);
    await writeFile(folder.file("root/large"), "x".repeat(1001));
    await symlink("/dev/zero", folder.file("root/zero"));
    expect(await taken(access, "fifo")).toBe("no_file");
    expect(await taken(access, "deep")).toBe("no_file");
    expect(await taken({ ...access, roots: ["/dev"] }, "/dev/zero")).toBe("no_file");
    expect(await taken(access, "zero")).toBe(OUTSIDE);
    expect(await taken(access, "empty")).toBe("empty");
    expect(await taken(access, "large")).toBe("file_too_large");
  });

  it("is noticed to grow, to shrink and to be exchanged while it is read", async () => {
    await using folder = await tree();
    const access = { roots: [folder.file("root")], hidden: [] };
    for (const text of ["longer than before", "short"]) {
      await writeFile(folder.file("root/file"), "as before");
      const file = await openToSend(access, "file");
      try {
        await writeFile(folder.file("root/file"), text);
        await expect(drained(readParts(file, 4))).rejects.toMatchObject({
          code: "file_unavailable",
          details: { reason: "changed" },
        });
      } finally {
        await file.handle.close();
      }
    }
  });
});
