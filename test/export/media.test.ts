import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { GuardedClient, type Message } from "tg-guarded";
import { startSandbox, type Sandbox, type WorldMessage } from "tg-guarded/testing";
import { worldBytes } from "../files/world-bytes.js";
import { runCli, startCli } from "../support/cli.js";
import { tempFolder } from "../support/temp-folder.js";

const WILD = "@wild_names";
const FAMILY = "Family 🏡";

type Exported = Message & { readonly file?: string };

const linesOf = async (path: string): Promise<Exported[]> =>
  (await readFile(path, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Exported);

const open = (sandbox: Sandbox): Promise<GuardedClient> =>
  GuardedClient.open({ ...sandbox.clientOptions(), limits: { mode: "off" } });

const withFiles = (sandbox: Sandbox, chat: string): WorldMessage[] =>
  [...sandbox.world.chat(chat).messages()].filter(({ media }) => worldBytes(media) !== undefined);

const partsAsked = (sandbox: Sandbox): number => sandbox.log.filter(({ method }) => method === "upload.getFile").length;

/** Every file below a folder with a digest of its bytes. */
async function tree(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const digests = await Promise.all(
    files.map(async (path) => [path.slice(folder.length + 1), digest(await readFile(path))] as const),
  );
  return Object.fromEntries(digests.sort(([one], [other]) => (one < other ? -1 : 1)));
}

const digest = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

describe("An export with media", () => {
  it("has every file of the chat beside it, as the world has it, and each message names its own", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox();
    await using client = await open(sandbox);
    for (const chat of [WILD, FAMILY, "@tidewater_lab"]) {
      const to = folder.file(`${sandbox.world.chat(chat).id}.jsonl`);
      const report = await client.export.messages(chat, { to, media: true });
      expect(report).toMatchObject({ complete: true, missing: [], asked: { media: {} } });
      const files = new Map((await linesOf(to)).flatMap(({ id, file }) => (file === undefined ? [] : [[id, file]])));
      const truth = withFiles(sandbox, chat);
      expect([...files.keys()]).toEqual(truth.map(({ id }) => id));
      for (const { id, media } of truth) {
        const path = files.get(id) ?? "";
        expect(path).toMatch(
          /^-?\d+_files\/(photos|files|video_files|voice_messages|stickers|round_video_messages)\/\d+-[^/]+$/,
        );
        const saved = await readFile(join(folder.path, path));
        expect(saved.equals(worldBytes(media) ?? Buffer.alloc(0)), path).toBe(true);
      }
      expect(Object.keys(await tree(to.replace(".jsonl", "_files")))).toHaveLength(truth.length);
    }
  });

  it("in Telegram Desktop's format makes a world whose files are the same", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox();
    await using client = await open(sandbox);
    const to = folder.file("result.json");
    await client.export.messages(FAMILY, { to, format: "telegram-desktop", media: true });
    await using again = await startSandbox({ world: { file: to } });
    const [before, after] = [withFiles(sandbox, FAMILY), withFiles(again, FAMILY)];
    expect(after.length).toBeGreaterThan(0);
    expect(after.map(({ media }) => digest(worldBytes(media) ?? Buffer.alloc(0)))).toEqual(
      before.map(({ media }) => digest(worldBytes(media) ?? Buffer.alloc(0))),
    );
  });

  it("takes only the types and sizes that are asked for, and counts what it left out", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox();
    await using client = await open(sandbox);
    const to = folder.file("wild.jsonl");
    const { missing, complete } = await client.export.messages(WILD, {
      to,
      media: { types: ["document"], maxBytes: 500 },
    });
    const sizes = withFiles(sandbox, WILD).map(({ media }) => worldBytes(media)?.length ?? 0);
    const small = sizes.filter((size) => size <= 500).length;
    expect(small).toBeGreaterThan(3);
    expect((await linesOf(to)).filter(({ file }) => file !== undefined)).toHaveLength(small);
    expect(missing).toEqual([
      { what: "media", count: sizes.length - small, why: "the file is larger than was asked for", byChoice: true },
    ]);
    expect(complete).toBe(true);
    expect(partsAsked(sandbox)).toBe(small);
    const none = await client.export.messages(WILD, { to: folder.file("none.jsonl"), media: { types: ["photo"] } });
    expect(none.missing).toEqual([
      { what: "media", count: sizes.length, why: "media of this type was not asked for", byChoice: true },
    ]);
    expect(await readdir(folder.path)).not.toContain("none_files");
  });

  it("goes on without a file that Telegram refuses, and says so", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox({
      faults: [{ method: "upload.getFile", nth: 3, error: "FILE_ID_INVALID" }],
    });
    await using client = await open(sandbox);
    const to = folder.file("wild.jsonl");
    const { missing } = await client.export.messages(WILD, { to, media: true });
    expect(missing).toEqual([{ what: "media", count: 1, why: "Telegram refused it: FILE_ID_INVALID" }]);
    const [, , third] = withFiles(sandbox, WILD);
    const without = (await linesOf(to)).filter(({ media, file }) => media !== undefined && file === undefined);
    expect(without.map(({ id }) => id)).toEqual([third?.id]);
  });

  it("leaves what stands in a file's place as it is", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox();
    await using client = await open(sandbox);
    const to = folder.file("wild.jsonl");
    await client.export.messages(WILD, { to, media: true });
    const [first = "", second = ""] = (await linesOf(to)).flatMap(({ file }) => file ?? []);
    await rm(to);
    await writeFile(folder.file(first), "precious");
    await rm(folder.file(second));
    await symlink(folder.file(first), folder.file(second));
    const { missing } = await client.export.messages(WILD, { to, media: true });
    expect(missing).toEqual([{ what: "media", count: 2, why: "another file stands where it belongs" }]);
    expect(await readFile(folder.file(first), "utf8")).toBe("precious");
  });

  it("fetches no file twice, and of a complete export only the files of what is new", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox();
    await using client = await open(sandbox);
    const to = folder.file("wild.jsonl");
    await client.export.messages(WILD, { to, media: true });
    const asked = partsAsked(sandbox);
    const before = [await readFile(to, "utf8"), await tree(folder.file("wild_files"))];
    await client.export.messages(WILD, { to, media: true });
    await rm(to);
    await client.export.messages(WILD, { to, media: true });
    expect(partsAsked(sandbox)).toBe(asked);
    expect([await readFile(to, "utf8"), await tree(folder.file("wild_files"))]).toEqual(before);
    await expect(client.export.messages(WILD, { to, media: { types: ["photo"] } })).rejects.toMatchObject({
      code: "checkpoint_mismatch",
      details: { differs: "media" },
    });
    await expect(client.export.messages(WILD, { to })).rejects.toMatchObject({ code: "checkpoint_mismatch" });
  });

  it("is not disturbed by references that expire", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox();
    await using client = await open(sandbox);
    let parts = 0;
    sandbox.onRequest(({ method, outcome }) => {
      if (method === "upload.getFile" && outcome === "ok" && ++parts % 9 === 0) sandbox.world.expireFileReferences();
    });
    const { complete, missing } = await client.export.messages(WILD, { to: folder.file("wild.jsonl"), media: true });
    expect({ complete, missing }).toEqual({ complete: true, missing: [] });
    expect(sandbox.log.some(({ outcome }) => outcome === "FILE_REFERENCE_EXPIRED")).toBe(true);
  });

  it("asks for files inside the takeout, too", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox();
    await using client = await open(sandbox);
    const to = folder.file("wild.jsonl");
    const { complete, takeout } = await client.export.messages(WILD, { to, media: true, takeout: true });
    expect({ complete, takeout }).toEqual({ complete: true, takeout: { used: true } });
    const outside = sandbox.log.filter(
      ({ method, wrappers }) => method === "upload.getFile" && !wrappers.includes("invokeWithTakeout"),
    );
    expect(outside).toEqual([]);
    expect(partsAsked(sandbox)).toBeGreaterThan(25);
  });

  it("cannot go to a stream", async () => {
    await using sandbox = await startSandbox();
    await using client = await open(sandbox);
    await expect(client.export.messages(WILD, { to: new PassThrough(), media: true })).rejects.toMatchObject({
      code: "input_invalid",
      details: { path: "options.media" },
    });
  });
});

describe("tg-guarded export messages --media", () => {
  it("that is killed again and again makes the same files as one that is left in peace", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox();
    const info = folder.file("info.json");
    await writeFile(info, JSON.stringify(sandbox.info));
    const env = { TG_SANDBOX: info, RATE_RPS: "1000", HOME: folder.path };
    const argsFor = (name: string): string[] => [
      "export",
      "messages",
      WILD,
      "--media",
      "--quiet",
      "--out",
      folder.file(name),
    ];
    expect((await runCli(argsFor("chat.jsonl"), env)).stderr).toBe("");
    const truth = [await readFile(folder.file("chat.jsonl"), "utf8"), await tree(folder.file("chat_files"))];
    await rm(folder.file("chat.jsonl"));
    await rm(folder.file("chat_files"), { recursive: true });
    let kills = 0;
    for (;;) {
      const child = startCli(argsFor("chat.jsonl"), env);
      let complaint = "";
      child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
      child.stdout.resume();
      const from = partsAsked(sandbox);
      const forget = sandbox.onRequest(() => {
        if (kills === 6 || partsAsked(sandbox) - from <= kills) return;
        // Nothing more is answered: however fast the machine is, the export is not over before the kill.
        sandbox.faults.set([{ method: "upload.getFile", silence: true }]);
        setTimeout(() => child.kill("SIGKILL"), kills * 3);
      });
      const [code] = (await once(child, "close")) as [number | null];
      forget();
      sandbox.faults.set([]);
      expect(complaint).toBe("");
      if (code === null) kills++;
      else break;
    }
    expect(kills).toBe(6);
    expect([await readFile(folder.file("chat.jsonl"), "utf8"), await tree(folder.file("chat_files"))]).toEqual(truth);
  });

  it("takes types and sizes by flags", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox();
    const info = folder.file("info.json");
    await writeFile(info, JSON.stringify(sandbox.info));
    const env = { TG_SANDBOX: info, RATE_RPS: "1000", HOME: folder.path };
    const run = (...flags: string[]) =>
      runCli(["export", "messages", WILD, "--out", folder.file("wild.jsonl"), ...flags], env);
    expect((await run("--media-types", "photo,pictures")).stderr).toContain('"pictures" is none of photo');
    const { stdout, stderr } = await run("--media-types", "photo, document", "--media-max-mb", "1", "--json");
    expect(stderr).not.toContain("error");
    expect(JSON.parse(stdout)).toMatchObject({
      missing: [{ what: "media", count: 1, why: "the file is larger than was asked for" }],
      asked: { media: { types: ["photo", "document"], maxBytes: 1024 * 1024 } },
    });
    expect((await stat(join(folder.path, "wild_files"))).mode & 0o777).toBe(0o700);
    expect(dirname((await linesOf(folder.file("wild.jsonl"))).at(-2)?.file ?? "")).toBe("wild_files/files");
  });
});
