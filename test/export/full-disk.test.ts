import { rmSync } from "node:fs";
import { readdir, readFile, readlink, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { GuardedClient, type Dialog, type Message } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { smallDisk, smallDiskMissing } from "../support/small-disk.js";
import { tempFolder } from "../support/temp-folder.js";

const FREE = { mode: "off" } as const;
/** In such pieces the disk gives its room away. */
const PIECE = 4096;
const GROUPS = 90;

/** What this process has open below a folder. */
async function openBelow(folder: string): Promise<string[]> {
  const descriptors = await readdir("/proc/self/fd");
  const targets = await Promise.all(descriptors.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")));
  return targets.filter((target) => target.startsWith(folder));
}

describe.runIf(smallDiskMissing === undefined)("On a full disk", () => {
  it("an export that cannot write its last bytes gives its file back, and is completed later", async () => {
    await using disk = await smallDisk();
    await using folder = await tempFolder();
    await using sandbox = await startSandbox({
      world: (world) => {
        const ada = world.user({ firstName: "Ada", username: "ada_of_the_mill", account: true });
        world.supergroup({ title: "Mill", username: "the_mill_talk", creator: ada }).post({ from: ada, text: "Hello" });
      },
    });
    await using client = await GuardedClient.open({ ...sandbox.clientOptions(), limits: FREE });
    const post = (length: number) =>
      sandbox.world.post("@the_mill_talk", { from: "@ada_of_the_mill", text: "x".repeat(length) });
    const run = (to: string, id: number, onProgress: () => void = () => undefined) =>
      client.export.messages("@the_mill_talk", { to, minId: id - 1, onProgress });
    const short = folder.file("short.json");
    await run(short, post(1));
    // So that the last bytes, those behind the records, need a piece of the disk to themselves.
    const id = post(1 + PIECE - ((await stat(short)).size - "\n]\n".length));
    const to = join(disk.path, "mill.json");
    const failing = run(to, id, () => {
      disk.fill();
    });
    await expect(failing).rejects.toMatchObject({ code: "file_error" });
    expect((await stat(`${to}.part`)).size).toBe(PIECE);
    expect(await openBelow(disk.path)).toEqual([]);
    disk.free();
    expect(await run(to, id)).toMatchObject({ complete: true, count: 1, added: 0 });
    expect((JSON.parse(await readFile(to, "utf8")) as Message[]).map((message) => message.id)).toEqual([id]);
    expect((await readdir(disk.path)).sort()).toEqual(["mill.json", "mill.json.manifest.json"]);
  });

  it("a list that has no room leaves no draft, and is completed later", async () => {
    await using disk = await smallDisk();
    await using sandbox = await startSandbox({
      world: (world) => {
        const ada = world.user({ firstName: "Ada", username: "ada_in_groups", account: true });
        for (let nth = 0; nth < GROUPS; nth++) world.group({ title: `${"Group ".repeat(20)}${nth}`, creator: ada });
      },
    });
    await using client = await GuardedClient.open({ ...sandbox.clientOptions(), limits: FREE });
    const to = join(disk.path, "groups.json");
    const reserve = join(disk.path, "reserve");
    // Room for the manifest, and not for the list.
    await writeFile(reserve, Buffer.alloc(2 * PIECE));
    const failing = client.export.groups({
      to,
      onProgress: () => {
        disk.fill();
        rmSync(reserve);
      },
    });
    await expect(failing).rejects.toMatchObject({ code: "file_error" });
    expect((await readdir(disk.path)).filter((name) => name.endsWith(".new"))).toEqual([]);
    disk.free();
    expect(await client.export.groups({ to })).toMatchObject({ complete: true, count: GROUPS });
    expect((JSON.parse(await readFile(to, "utf8")) as Dialog[]).length).toBe(GROUPS);
  });
});
