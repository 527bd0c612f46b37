import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { WorldMessage } from "tg-guarded/testing";
import { worldBytes } from "../../files/world-bytes.js";
import { tempFolder } from "../../support/temp-folder.js";
import { LAB, readingDesk, WILD, type ReadingDesk } from "./reading-desk.js";

const withFiles = (desk: ReadingDesk, chat: string): readonly WorldMessage[] =>
  [...desk.sandbox.world.chat(chat).messages()].filter(({ media }) => worldBytes(media) !== undefined);

const LARGE = 3 * 1024 * 1024 + 123;

const countOf = (desk: ReadingDesk): number => [...desk.sandbox.world.chat(LAB).messages()].length;

const linesOf = async (path: string): Promise<readonly { readonly id: number }[]> =>
  (await readFile(path, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly id: number });

/** The links of an answer. */
async function linksOf(desk: ReadingDesk, name: string, args: Record<string, unknown>) {
  const { content } = await desk.host.callTool({ name, arguments: args });
  return (content as readonly { readonly type: string; readonly uri: string; readonly name: string }[]).filter(
    ({ type }) => type === "resource_link",
  );
}

describe("tg_download_media", () => {
  it("saves a file as the world has it, and links to it", async () => {
    await using desk = await readingDesk();
    const [message] = withFiles(desk, LAB);
    const answer = await desk.call("tg_download_media", { group: LAB, message_id: message?.id });
    expect(answer).toMatchObject({ success: true, untrusted: { fields: ["path"] } });
    const truth = worldBytes(message?.media) ?? Buffer.alloc(0);
    expect((await readFile(String(answer["path"]))).equals(truth)).toBe(true);
    expect(answer["size"]).toBe(truth.length);
    const links = await linksOf(desk, "tg_download_media", { group: LAB, message_id: message?.id, output_dir: "b" });
    expect(links.map(({ name }) => name)).toEqual([`file of message ${message?.id ?? 0}`]);
    expect((await readFile(fileURLToPath(links[0]?.uri ?? ""))).equals(truth)).toBe(true);
    expect(await readdir(join(desk.root, "b"))).toHaveLength(1);
  });

  it("never writes over a file, and does not put its name into a sentence of ours", async () => {
    await using desk = await readingDesk();
    for (const { id } of withFiles(desk, WILD).slice(0, 6)) {
      const { path } = await desk.call("tg_download_media", { group: WILD, message_id: id });
      await writeFile(String(path), "mine");
      const again = await desk.call("tg_download_media", { group: WILD, message_id: id });
      expect(again).toMatchObject({ success: false, code: "file_exists" });
      expect(JSON.stringify(again)).not.toContain(basename(String(path)));
      expect(await readFile(String(path), "utf8")).toBe("mine");
    }
  });

  it("tells how far it is, stops when the host gives up, and goes on where it was", async () => {
    await using desk = await readingDesk();
    const id = withFiles(desk, WILD).find(({ media }) => worldBytes(media)?.length === LARGE)?.id;
    const ask = { name: "tg_download_media", arguments: { group: WILD, message_id: id } };
    const stop = new AbortController();
    const heard: number[] = [];
    const onprogress = ({ progress }: { readonly progress: number }): void => {
      heard.push(progress);
      if (heard.length === 2) stop.abort(new Error("given up"));
    };
    desk.sandbox.faults.set([{ method: "upload.getFile", nth: 5, silence: true }]);
    await expect(desk.host.callTool(ask, undefined, { signal: stop.signal, onprogress })).rejects.toThrow("given up");
    desk.sandbox.faults.set([]);
    const before = desk.sandbox.log.filter(({ method }) => method === "upload.getFile").length;
    const answer = await desk.call("tg_download_media", { group: WILD, message_id: id });
    expect(answer).toMatchObject({ resumed: true, size: LARGE });
    expect(desk.sandbox.log.filter(({ method }) => method === "upload.getFile").length - before).toBeLessThan(7);
  });

  it("tells what has no file, and what is not there", async () => {
    await using desk = await readingDesk();
    expect(await desk.call("tg_download_media", { group: LAB, message_id: 6 })).toMatchObject({
      code: "media_unavailable",
    });
    expect(await desk.call("tg_download_media", { group: LAB, message_id: 1_000_000 })).toMatchObject({
      code: "message_not_found",
    });
  });
});

describe("tg_export_messages and tg_export_participants", () => {
  it("write a new file, link to it, and say what is in it", async () => {
    await using desk = await readingDesk();
    const args = { group: LAB, output_file: "lab/all.jsonl" };
    const heard: number[] = [];
    const onprogress = ({ progress }: { readonly progress: number }): number => heard.push(progress);
    const { structuredContent, content } = await desk.host.callTool(
      { name: "tg_export_messages", arguments: args },
      undefined,
      { onprogress },
    );
    const path = join(desk.root, "lab", "all.jsonl");
    expect(structuredContent).toMatchObject({
      success: true,
      path,
      chat_id: desk.sandbox.world.chat(LAB).id,
      count: countOf(desk),
      complete: true,
      missing: [],
    });
    expect(content).toMatchObject([{ type: "text" }, { type: "resource_link", uri: `file://${path}` }]);
    expect(heard.at(-1)).toBe(countOf(desk));
    const ids = (await linesOf(path)).map(({ id }) => id);
    expect(ids).toEqual([...desk.sandbox.world.chat(LAB).messages()].map(({ id }) => id));
    const members = await desk.call("tg_export_participants", { group: LAB, output_file: "m.csv" });
    expect(members).toMatchObject({ success: true, complete: true, count: 8 });
  });

  it("take a choice", async () => {
    await using desk = await readingDesk();
    const args = { group: LAB, output_file: "few.jsonl", limit: 7 };
    expect(await desk.call("tg_export_messages", args)).toMatchObject({ count: 7 });
    const found = { group: LAB, output_file: "tide.json", query: "tide", min_id: 50, since: "2025-03-15" };
    expect(await desk.call("tg_export_messages", found)).toMatchObject({ success: true });
  });

  it("never write over anything, what stands beside it neither", async () => {
    await using desk = await readingDesk();
    await mkdir(desk.root, { recursive: true });
    for (const name of ["a.jsonl", "b.jsonl.part", "c.jsonl.manifest.json", "d.jsonl.manifest.json.new"]) {
      await writeFile(join(desk.root, name), "mine");
    }
    for (const output_file of ["a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl"]) {
      for (const name of ["tg_export_messages", "tg_export_participants"]) {
        expect(await desk.call(name, { group: LAB, output_file })).toMatchObject({ code: "file_exists" });
      }
    }
    for (const name of await readdir(desk.root)) expect(await readFile(join(desk.root, name), "utf8")).toBe("mine");
    await desk.call("tg_export_messages", { group: LAB, output_file: "new.jsonl" });
    expect(await desk.call("tg_export_messages", { group: LAB, output_file: "new.jsonl" })).toMatchObject({
      code: "file_exists",
    });
  });

  it("stop when the host gives up, and go on where they were", async () => {
    await using desk = await readingDesk();
    const args = { group: LAB, output_file: "lab.jsonl" };
    const stop = new AbortController();
    desk.sandbox.faults.set([{ method: "messages.getHistory", nth: 3, silence: true }]);
    const options = {
      signal: stop.signal,
      onprogress: () => {
        stop.abort(new Error("given up"));
      },
    };
    await expect(
      desk.host.callTool({ name: "tg_export_messages", arguments: args }, undefined, options),
    ).rejects.toThrow("given up");
    desk.sandbox.faults.set([]);
    await expect.poll(() => readdir(desk.root)).toEqual(["lab.jsonl.checkpoint.json", "lab.jsonl.part"]);
    const answer = await desk.call("tg_export_messages", args);
    expect(answer).toMatchObject({ success: true, complete: true, count: countOf(desk) });
    expect(answer["added"]).toBeLessThan(countOf(desk));
    expect(await linesOf(join(desk.root, "lab.jsonl"))).toHaveLength(countOf(desk));
  });
});

describe("Paths", () => {
  it("stay inside of the allowed folders, whatever they are written as", async () => {
    await using folder = await tempFolder();
    const root = folder.file("root");
    await mkdir(join(root, "inside"), { recursive: true });
    await mkdir(folder.file("outside"));
    await symlink(folder.file("outside"), join(root, "link"));
    await symlink(folder.file("outside/x.jsonl"), join(root, "name.jsonl"));
    await symlink(folder.file("outside/y.jsonl"), join(root, "part.jsonl.part"));
    await using desk = await readingDesk({ files: { roots: [root] } });
    const [message] = withFiles(desk, LAB);
    const folders = ["..", "../outside", "inside/../..", folder.path, "/", "/etc", "link", "link/deep", "a\nb"];
    for (const output_dir of folders) {
      const args = { group: LAB, message_id: message?.id, output_dir };
      expect([output_dir, await desk.call("tg_download_media", args)]).toMatchObject([
        output_dir,
        { success: false, code: "path_not_allowed" },
      ]);
    }
    const files = ["name.jsonl", "part.jsonl", "inside", ...folders.map((name) => `${name}/x.jsonl`)];
    for (const output_file of files) {
      for (const name of ["tg_export_messages", "tg_export_participants"]) {
        expect([output_file, await desk.call(name, { group: LAB, output_file })]).toMatchObject([
          output_file,
          { success: false, code: "path_not_allowed" },
        ]);
      }
    }
    expect(await readdir(folder.file("outside"))).toEqual([]);
    expect((await readdir(root)).sort()).toEqual(["inside", "link", "name.jsonl", "part.jsonl.part"]);
  });

  it("may be written whole, and need an ending that tells the format", async () => {
    await using folder = await tempFolder();
    await using desk = await readingDesk({ files: { roots: [folder.path] } });
    const whole = folder.file("deep/x.md");
    expect(await desk.call("tg_export_messages", { group: LAB, limit: 3, output_file: whole })).toMatchObject({
      path: whole,
    });
    expect(await desk.call("tg_export_messages", { group: LAB, output_file: "x.exe" })).toMatchObject({
      code: "input_invalid",
    });
    expect(await desk.call("tg_export_participants", { group: LAB, output_file: "x.md" })).toMatchObject({
      code: "input_invalid",
    });
  });
});
