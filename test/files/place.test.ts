import { link, mkdir, readdir, readFile, readlink, rename, rm, symlink, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isGuardError } from "tg-guarded";
import { findPlace } from "../../src/files/find-place.js";
import { ResumableFile } from "../../src/files/resumable-file.js";
import { tempFolder } from "../support/temp-folder.js";

const CONTENT = { fileId: "document 1", sizeBytes: 5 };

/** Saves five bytes as a download does; tells the path, or the code of the refusal. */
async function save(root: string, to: string | undefined, name = "name.txt"): Promise<string> {
  try {
    const place = await findPlace({ roots: [root], hidden: [] }, to, name);
    const file = await ResumableFile.open(place, CONTENT);
    if (file === "complete") return place.path;
    try {
      await file.write(0, Buffer.from("bytes"));
      await file.publish();
    } catch (error) {
      await file.leave().catch(() => undefined);
      throw error;
    }
    return place.path;
  } catch (error) {
    if (isGuardError(error)) return error.code;
    throw error;
  }
}

async function rooms() {
  const folder = await tempFolder();
  const [root, outside] = [folder.file("root"), folder.file("outside")];
  await mkdir(root);
  await mkdir(outside);
  return { root, outside, folder, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

describe("a place inside the allowed folders", () => {
  it("is found for a folder, for a file, and for nothing at all", async () => {
    await using at = await rooms();
    await mkdir(join(at.root, "there"));
    expect(await save(at.root, undefined)).toBe(join(at.root, "name.txt"));
    expect(await save(at.root, "there")).toBe(join(at.root, "there", "name.txt"));
    expect(await save(at.root, "a/b/c/")).toBe(join(at.root, "a", "b", "c", "name.txt"));
    expect(await save(at.root, "a/file.txt")).toBe(join(at.root, "a", "file.txt"));
    expect(await save(at.root, join(at.root, "absolute.txt"))).toBe(join(at.root, "absolute.txt"));
    expect(await readFile(join(at.root, "a", "b", "c", "name.txt"), "utf8")).toBe("bytes");
  });

  it("may be in any of them, and a root may itself be a link", async () => {
    await using at = await rooms();
    const [alias, other] = [at.folder.file("alias"), at.folder.file("made/when/missing")];
    await symlink(at.root, alias);
    expect(await save(alias, "file.txt")).toBe(join(at.root, "file.txt"));
    expect(await save(alias, join(alias, "other.txt"))).toBe(join(at.root, "other.txt"));
    expect((await findPlace({ roots: [at.root, other], hidden: [] }, join(other, "x.txt"), "n")).path).toBe(
      join(other, "x.txt"),
    );
  });

  it.each(["..", "../outside/", "../root-too/x", "a/../../outside/x", "/etc/passwd", "nul\0byte", "line\nbreak"])(
    "is not %j",
    async (to) => {
      await using at = await rooms();
      expect(await save(at.root, to)).toBe("path_not_allowed");
      expect(await readdir(at.outside)).toEqual([]);
    },
  );

  it("is not behind a link, at whatever level", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.nat(), async (depth, pick) => {
        await using at = await rooms();
        const levels = Array.from({ length: depth }, (_, n) => `level${n}`);
        const linked = pick % depth;
        await mkdir(join(at.root, ...levels.slice(0, linked)), { recursive: true });
        await symlink(at.outside, join(at.root, ...levels.slice(0, linked + 1)));
        expect(await save(at.root, join(...levels, "file.txt"))).toBe("path_not_allowed");
        expect(await save(at.root, `${join(...levels)}/`)).toBe("path_not_allowed");
        expect(await readdir(at.outside)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it("is no link, to a file or to nothing, and no existing file or folder", async () => {
    await using at = await rooms();
    const precious = join(at.outside, "precious");
    await writeFile(precious, "precious");
    await symlink(precious, join(at.root, "link"));
    await symlink(join(at.outside, "new"), join(at.root, "dangling"));
    await writeFile(join(at.root, "file"), "precious");
    expect(await save(at.root, "link")).toBe("path_not_allowed");
    expect(await save(at.root, "dangling")).toBe("path_not_allowed");
    expect(await save(at.root, "file")).toBe("file_exists");
    expect(await save(at.root, "file/below")).toBe("path_not_allowed");
    expect(await readFile(precious, "utf8")).toBe("precious");
    expect(await readFile(join(at.root, "file"), "utf8")).toBe("precious");
    expect(await readdir(at.outside)).toEqual(["precious"]);
  });

  it("takes neither a part nor a note that is somebody else's", async () => {
    await using at = await rooms();
    const precious = join(at.outside, "precious");
    await writeFile(precious, "precious");
    await writeFile(join(at.root, "one.part"), "precious");
    await writeFile(join(at.root, "two.part.json"), "precious");
    await symlink(precious, join(at.root, "three.part"));
    await symlink(precious, join(at.root, "four.part.json"));
    await link(precious, join(at.root, "five.part.json"));
    for (const [to, code] of [
      ["one", "file_exists"],
      ["two", "file_exists"],
      ["three", "file_exists"],
      ["four", "path_not_allowed"],
      ["five", "path_not_allowed"],
    ] as const) {
      expect(await save(at.root, to), to).toBe(code);
    }
    expect(await readFile(join(at.root, "one.part"), "utf8")).toBe("precious");
    expect(await readdir(at.root)).not.toContain("one.part.json");
    expect(await readFile(join(at.root, "two.part.json"), "utf8")).toBe("precious");
    expect(await readFile(precious, "utf8")).toBe("precious");
  });

  it.runIf(process.platform === "linux")(
    "is not written to through a link that takes a folder's place at the last moment",
    async () => {
      await using at = await rooms();
      const [inside, aside] = [join(at.root, "inside"), join(at.root, "aside")];
      await mkdir(inside);
      const done = new AbortController();
      const swapping = swap(400, { inside, aside, outside: at.outside }).finally(() => {
        done.abort();
      });
      const outcomes = new Set<string>();
      for (let n = 0; !done.signal.aborted; n++) outcomes.add(await save(at.root, `inside/${n}`).catch(String));
      await swapping;
      for (const name of await readdir(at.outside)) {
        expect(await readFile(join(at.outside, name), "utf8"), name).toBe("");
      }
      expect(outcomes.has("path_not_allowed")).toBe(true);
    },
  );
});

interface Swap {
  readonly inside: string;
  readonly aside: string;
  readonly outside: string;
}

/** The files of a folder that this process has open; only Linux tells. */
async function openBelow(folder: string): Promise<string[]> {
  const handles = await readdir("/proc/self/fd");
  const paths = await Promise.all(handles.map((handle) => readlink(`/proc/self/fd/${handle}`).catch(() => "")));
  return paths.filter((path) => path.startsWith(folder));
}

/** Puts a link into a folder's place and takes it away again. */
async function swap(rounds: number, { inside, aside, outside }: Swap): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await rename(inside, aside);
    await insist(inside, () => symlink(outside, inside));
    await unlink(inside);
    await insist(inside, () => rename(aside, inside));
  }
}

/** While the folder is away, the one under test may make it anew. */
async function insist(path: string, work: () => Promise<void>): Promise<void> {
  for (let done = false; !done;) {
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
    done = await work().then(
      () => true,
      () => false,
    );
  }
}

describe("a resumable file", () => {
  const part = (path: string) => readFile(`${path}.part`, "utf8");

  it("goes on after the bytes that are noted, however many more are there", async () => {
    await using at = await rooms();
    const place = await findPlace({ roots: [at.root], hidden: [] }, "file", "");
    const first = await ResumableFile.open(place, CONTENT);
    if (first === "complete") throw new Error(first);
    await first.write(0, Buffer.from("by"));
    await first.leave();
    await writeFile(`${place.path}.part`, "by???");
    const second = await ResumableFile.open(place, CONTENT);
    if (second === "complete") throw new Error(second);
    expect(second.doneBytes).toBe(2);
    await second.write(2, Buffer.from("tes"));
    await second.publish();
    expect(await readFile(place.path, "utf8")).toBe("bytes");
    expect(await readdir(at.root)).toEqual(["file"]);
  });

  it.each([
    ["before the part lost its name", link],
    ["before the note was removed", rename],
  ])("is taken for complete when it was stopped %s", async (_, stopped) => {
    await using at = await rooms();
    const place = await findPlace({ roots: [at.root], hidden: [] }, "file", "");
    const file = await ResumableFile.open(place, CONTENT);
    if (file === "complete") throw new Error(file);
    await file.write(0, Buffer.from("bytes"));
    await file.leave();
    await stopped(`${place.path}.part`, place.path);
    expect(await ResumableFile.open(place, CONTENT)).toBe("complete");
    expect(await readdir(at.root)).toEqual(["file"]);
    expect(await readFile(place.path, "utf8")).toBe("bytes");
    await expect(ResumableFile.open(place, CONTENT)).rejects.toMatchObject({ code: "file_exists" });
  });

  it("begins anew when another file's part is there, or when the part was lost", async () => {
    await using at = await rooms();
    const place = await findPlace({ roots: [at.root], hidden: [] }, "file", "");
    const other = await ResumableFile.open(place, { fileId: "document 2", sizeBytes: 5 });
    if (other === "complete") throw new Error(other);
    await other.write(0, Buffer.from("oth"));
    await other.leave();
    const own = await ResumableFile.open(place, CONTENT);
    if (own === "complete") throw new Error(own);
    expect([own.doneBytes, await part(place.path)]).toEqual([0, ""]);
    await own.write(0, Buffer.from("byt"));
    await own.leave();
    await rm(`${place.path}.part`);
    expect(await save(at.root, "file")).toBe(place.path);
    expect(await readFile(place.path, "utf8")).toBe("bytes");
  });

  it("leaves nothing when nothing was done", async () => {
    await using at = await rooms();
    const file = await ResumableFile.open(await findPlace({ roots: [at.root], hidden: [] }, "file", ""), CONTENT);
    if (file === "complete") throw new Error(file);
    await file.leave();
    expect(await readdir(at.root)).toEqual([]);
  });

  it.runIf(process.platform === "linux")("is closed even when it cannot be removed", async () => {
    await using at = await rooms();
    const file = await ResumableFile.open(await findPlace({ roots: [at.root], hidden: [] }, "file", ""), CONTENT);
    if (file === "complete") throw new Error(file);
    expect(await openBelow(at.root)).toHaveLength(2);
    await rm(join(at.root, "file.part"));
    await mkdir(join(at.root, "file.part"));
    await expect(file.leave()).rejects.toMatchObject({ code: "file_error" });
    expect(await openBelow(at.root)).toEqual([]);
  });

  it("is not published over a file that came in the meantime", async () => {
    await using at = await rooms();
    const place = await findPlace({ roots: [at.root], hidden: [] }, "file", "");
    const file = await ResumableFile.open(place, CONTENT);
    if (file === "complete") throw new Error(file);
    await file.write(0, Buffer.from("bytes"));
    await writeFile(place.path, "precious");
    await expect(file.publish()).rejects.toMatchObject({ code: "file_exists" });
    await file.leave();
    expect(await readFile(place.path, "utf8")).toBe("precious");
  });
});
