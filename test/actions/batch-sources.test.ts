import { writeFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isGuardError } from "tg-guarded";
import type { FileAccess } from "../../src/files/access.js";
import { chatsOfReport, chatsToLeave, deletionsOfManifest } from "../../src/actions/batches/sources.js";
import { tempFolder } from "../support/temp-folder.js";

async function read<T>(content: unknown, reader: (files: FileAccess, path: string) => Promise<T>): Promise<T> {
  await using folder = await tempFolder();
  const path = folder.file("source.json");
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  return await reader({ roots: [folder.path], hidden: [] }, path);
}

const failed = (chat_id: unknown, error: string | null = "Join quota exceeded (20/day)") => ({
  chat_id,
  result: { success: false, error },
});

describe("A join report", () => {
  test("gives the failed chats whose error holds the text, each once", async () => {
    const items = [
      failed(-100123),
      { chat_id: "@done", result: { success: true, error: null } },
      failed("@other", "USER_PRIVACY_RESTRICTED"),
      failed("-100123"),
      failed("@hikers"),
      failed("@silent", null),
    ];
    expect(await read({ items }, chatsOfReport)).toEqual([-100123, "@hikers"]);
    expect(await read({ items }, (files, path) => chatsOfReport(files, path, { errorContains: "privacy" }))).toEqual([
      "@other",
    ]);
  });

  test("that does not fit is refused by the place of the fault", async () => {
    const place = (content: unknown) => expect(read(content, chatsOfReport)).rejects;
    await place({ items: [failed("@ok_name"), failed(1.5)] }).toMatchObject({
      details: { path: "path.items.1.chat_id" },
    });
    await place({ items: [failed("")] }).toMatchObject({ details: { path: "path.items.0.chat_id" } });
    await place({ items: [{ chat_id: 5, result: {} }] }).toMatchObject({
      details: { path: "path.items.0.result.success" },
    });
    await place({}).toMatchObject({ code: "input_invalid", details: { path: "path.items" } });
    await place("{").toMatchObject({ code: "input_invalid", details: { path: "path" } });
  });
});

describe("A manifest of deletions", () => {
  const targets = [
    { group: "@hikers", message_ids: [3, 1, 3, 2] },
    { group: -100123, message_ids: [1] },
  ];

  test("gives its chats and messages, wrapped or as a bare list", async () => {
    const expected = [
      { group: "@hikers", messageIds: [3, 1, 3, 2] },
      { group: -100123, messageIds: [1] },
    ];
    expect(await read({ targets }, deletionsOfManifest)).toEqual(expected);
    expect(await read(targets, deletionsOfManifest)).toEqual(expected);
  });

  test("that does not fit is refused by the place of the fault", async () => {
    const place = (content: unknown) => expect(read(content, deletionsOfManifest)).rejects;
    await place([{ group: "@hikers", message_ids: [1, 0] }]).toMatchObject({
      details: { path: "path.0.message_ids.1" },
    });
    await place({ targets: [{ group: "@hikers", message_ids: [] }] }).toMatchObject({
      details: { path: "path.targets.0.message_ids" },
    });
  });
});

describe("Candidates to leave", () => {
  test("count when they were reviewed, whatever their chat is called", async () => {
    const candidates = [
      { target: "@one_group", review: { leave_candidate: true } },
      { group: "@two_group", leave_candidate: true },
      { chat_id: -100333, review: { leave_candidate: true } },
      { chat_id: -100444 },
      { chat_id: -100555, review: null },
      { chat_id: -100666, leave_candidate: true, review: { leave_candidate: false } },
      { group: "@one_group", leave_candidate: true },
    ];
    expect(await read({ candidates }, chatsToLeave)).toEqual(["@one_group", "@two_group", -100333]);
  });

  test("that name no chat are refused by their place", async () => {
    await expect(read({ candidates: [{ leave_candidate: true }] }, chatsToLeave)).rejects.toMatchObject({
      code: "input_invalid",
      details: { path: "path.candidates.0" },
    });
    // Only `true` is a review: a text or a number must not leave a chat by accident.
    await expect(read({ candidates: [{ group: 5, leave_candidate: "no" }] }, chatsToLeave)).rejects.toMatchObject({
      details: { path: "path.candidates.0.leave_candidate" },
    });
  });
});

describe("A source file", () => {
  test("that is too large is not read", async () => {
    await expect(
      read("[".repeat(101), (files, path) => chatsToLeave(files, path, { limitBytes: 100 })),
    ).rejects.toMatchObject({
      code: "file_too_large",
      details: { sizeBytes: 101, limitBytes: 100 },
    });
  });

  test("that is missing, a folder or not UTF-8 is refused, said plainly", async () => {
    await using folder = await tempFolder();
    const files = { roots: [folder.path], hidden: [] };
    await expect(chatsToLeave(files, "none")).rejects.toMatchObject({
      code: "input_invalid",
      message: expect.stringContaining("none does not exist") as string,
      details: { path: "path" },
    });
    await expect(chatsToLeave(files, folder.path)).rejects.toThrow(/is not a file/);
    await writeFile(folder.file("latin"), Buffer.from([0x22, 0xff, 0x22]));
    await expect(chatsToLeave(files, "latin")).rejects.toMatchObject({ code: "input_invalid" });
  });

  test("of any JSON at all is read or refused, and nothing else happens", async () => {
    const readers = [chatsOfReport, deletionsOfManifest, chatsToLeave];
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.constantFrom(...readers), async (json, reader) => {
        const ended = await read(json, reader as (files: FileAccess, path: string) => Promise<unknown>).catch(
          (error: unknown) => error,
        );
        expect(Array.isArray(ended) || isGuardError(ended, "input_invalid")).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
