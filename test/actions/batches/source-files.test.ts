import { link, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { isGuardError } from "tg-guarded";
import { tempFolder } from "../../support/temp-folder.js";
import { batchDesk, COUNCIL, LIV, type BatchDesk } from "./batch-desk.js";

const LEAVING = { candidates: [{ target: COUNCIL, review: { leave_candidate: true } }] };

const readers = (
  batches: BatchDesk["batches"],
): readonly (readonly [name: string, read: (path: string) => Promise<unknown>])[] => [
  ["addMemberFromReport", (path) => batches.addMemberFromReport({ path, user: LIV })],
  ["deleteMessagesFromManifest", (path) => batches.deleteMessagesFromManifest({ path })],
  ["leaveDialogFromCandidates", (path) => batches.leaveDialogFromCandidates({ path })],
];

async function refusal(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => "none",
    (why: unknown) => why,
  );
  if (!isGuardError(error)) throw new Error(`No refusal: ${String(error)}`);
  return { code: error.code, message: error.message, details: error.details };
}

test("A file inside of the allowed folders is read by its path, a relative one, or a link that stays inside", async () => {
  await using allowed = await tempFolder();
  await using desk = await batchDesk({ roots: [allowed.path] });
  await writeFile(allowed.file("leave.json"), JSON.stringify(LEAVING));
  await symlink(allowed.file("leave.json"), allowed.file("link.json"));
  for (const path of [allowed.file("leave.json"), "leave.json", "link.json"]) {
    const batch = await desk.batches.leaveDialogFromCandidates({ path });
    expect(await batch.items()).toMatchObject([{ target: { title: "Harbour Council" } }]);
  }
});

test("A file outside is not read, by whatever way it is named, and the refusal names where it really is", async () => {
  await using allowed = await tempFolder();
  await using elsewhere = await tempFolder();
  await using desk = await batchDesk({ roots: [allowed.path] });
  const outside = elsewhere.file("leave.json");
  await writeFile(outside, JSON.stringify(LEAVING));
  await symlink(outside, allowed.file("link.json"));
  await symlink(elsewhere.path, allowed.file("folder"));
  await mkdir(allowed.file("inside"));
  for (const [, read] of readers(desk.batches)) {
    for (const path of [
      outside,
      "link.json",
      "folder/leave.json",
      `inside/../../${elsewhere.path.split("/").at(-1) ?? ""}/leave.json`,
    ]) {
      const { code, message, details } = await refusal(read(path));
      expect([code, details]).toEqual(["path_not_allowed", { path: outside, roots: [allowed.path] }]);
      expect(message).toMatch(/^path: .*leave\.json" lies outside of the allowed folders/);
    }
  }
  expect(await desk.batches.list()).toEqual([]);
});

test("The data folder stays private although it lies in an allowed one, and a file with a second name is refused", async () => {
  await using first = await batchDesk();
  await using desk = await batchDesk({ roots: [dirname(first.dataDir)] }, first);
  await using allowed = await tempFolder();
  await writeFile(join(desk.dataDir, "leave.json"), JSON.stringify(LEAVING));
  await writeFile(allowed.file("leave.json"), JSON.stringify(LEAVING));
  const leave = (path: string) => desk.batches.leaveDialogFromCandidates({ path });
  expect(await refusal(leave(join(desk.dataDir, "leave.json")))).toMatchObject({ code: "path_not_allowed" });
  expect(await (await leave(allowed.file("leave.json"))).items()).toHaveLength(1);
  await link(allowed.file("leave.json"), allowed.file("second.json"));
  expect((await refusal(leave(allowed.file("leave.json")))).message).toContain("has a second name elsewhere");
});

test("What is wrong with a file names the parameter", async () => {
  await using allowed = await tempFolder();
  await using desk = await batchDesk({ roots: [allowed.path] });
  await writeFile(allowed.file("bad.json"), "{");
  await writeFile(allowed.file("other.json"), '{"targets":[{}],"items":[{}],"candidates":[{}]}');
  for (const [, read] of readers(desk.batches)) {
    for (const path of ["missing.json", ".", "bad.json"]) {
      expect(await refusal(read(path))).toMatchObject({ code: "input_invalid", details: { path: "path" } });
    }
    expect((await refusal(read("other.json"))).details).toMatchObject({
      path: expect.stringMatching(/^path\.(items|targets|candidates)\.0/) as string,
    });
  }
});
