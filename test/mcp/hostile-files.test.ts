import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { worldBytes } from "../files/world-bytes.js";
import type { Answer } from "./desk.js";
import { frameOf, textsIn } from "./frame.js";
import { hostileDesk, idsOf, type HostileDesk } from "./hostile-desk.js";
import { HOSTILE } from "./hostile-texts.js";
import { CHATS, FILE_SIZE, MESSAGES } from "./hostile-world.js";

let desk: HostileDesk;
beforeAll(async () => {
  desk = await hostileDesk();
  await desk.read("tg_get_my_dialogs", { limit: 1000 });
});
afterAll(() => desk[Symbol.asyncDispose]());

/** What every system takes for a plain file of that folder, and shows as what it is. */
const SAFE_NAME = /^[^-.\s~$%][^\p{C}/\\:*?"<>|]*(?<![. ])$/u;
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

it("Files of any name are saved inside of the allowed folder, under a name that is safe, and never over one", async () => {
  const frames: unknown[] = [];
  const paths = new Set<string>();
  for (const chat of CHATS) {
    const folder = String(chat.person);
    const answer = await desk.read("tg_download_media", {
      group: chat.group,
      message_id: MESSAGES.file,
      output_dir: folder,
    });
    const path = String(answer["path"]);
    const name = basename(path);
    expect(dirname(path)).toBe(join(desk.root, folder));
    expect(name).toMatch(SAFE_NAME);
    expect(name).not.toMatch(DEVICE);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    expect(await readdir(dirname(path))).toEqual([name]);
    const truth = worldBytes(desk.sandbox.world.chat(chat.group).byId(MESSAGES.file)?.media);
    expect((await readFile(path)).equals(truth ?? Buffer.alloc(0))).toBe(true);
    frames.push(frameOf(answer, idsOf(chat)));
    paths.add(path);
    await writeFile(path, "mine");
    const again = await desk.read("tg_download_media", {
      group: chat.group,
      message_id: MESSAGES.file,
      output_dir: folder,
    });
    expect(again).toMatchObject({ success: false, code: "file_exists" });
    expect(await readFile(path, "utf8")).toBe("mine");
  }
  for (const frame of frames) expect(frame).toEqual({ ...(frames[0] as object), size: FILE_SIZE });
  expect(paths.size).toBe(CHATS.length);
});

it("Beside the allowed folder there is nothing new, whatever the files are called", async () => {
  const { root } = desk;
  expect((await readdir(dirname(root))).filter((name) => name !== basename(root))).toEqual([]);
});

/** By which of a tool's arguments a text comes that somebody else wrote. */
const PATHS: readonly (readonly [tool: string, argument: string, more: Record<string, unknown>])[] = [
  ["tg_download_media", "output_dir", { message_id: MESSAGES.file }],
  ["tg_export_messages", "output_file", {}],
  ["tg_export_participants", "output_file", {}],
  ["tg_send_file", "file_path", { dry_run: true }],
  ["tg_create_delete_messages_batch_from_manifest", "manifest_path", {}],
  ["tg_create_leave_dialog_batch_from_candidates", "candidates_path", {}],
  ["tg_create_add_member_batch_from_report", "report_path", { user: 1 }],
];

it.each(PATHS)("%s says nothing of what a refused %s was", async (tool, argument, more) => {
  const { group } = CHATS[0] ?? {};
  const call = tool.startsWith("tg_create") || tool.startsWith("tg_send") ? desk.act : desk.read;
  const args = tool.startsWith("tg_create") ? more : { group, ...more };
  const seen = new Map<string, Answer>();
  for (const [name, text] of HOSTILE) {
    const answer = await call(tool, { ...args, [argument]: `../${text}` });
    expect([name, answer["success"]]).toEqual([name, false]);
    expect(answer["code"]).toMatch(/^(path_not_allowed|input_invalid|file_unavailable)$/);
    const said = textsIn(answer).filter(
      ([, words]) => text.trim() !== "" && text.length > 8 && words.includes(text.slice(0, 60)),
    );
    expect([name, said]).toEqual([name, []]);
    seen.set(JSON.stringify(answer), answer);
  }
  // A few sentences, for whatever the texts are.
  expect([...seen.keys()].length).toBeLessThan(6);
});
