import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { GuardedClient, isGuardError, type Guard } from "tg-guarded";
import { startSandbox, type Sandbox, type WorldMessage } from "tg-guarded/testing";
import { worldBytes } from "../files/world-bytes.js";
import { tempFolder } from "../support/temp-folder.js";
import { startWorker } from "../support/worker-process.js";
import { openReader } from "./reader.js";

const WILD = "@wild_names";
const LARGE = 3 * 1024 * 1024 + 123;
const PARTS = 7;

const withFiles = (sandbox: Sandbox, chat: number | string): WorldMessage[] =>
  [...sandbox.world.chat(chat).messages()].filter(({ media }) => worldBytes(media) !== undefined);

function largeOf(sandbox: Sandbox): { readonly id: number; readonly truth: Buffer } {
  const message = withFiles(sandbox, WILD).find(({ media }) => worldBytes(media)?.length === LARGE);
  return { id: message?.id ?? 0, truth: worldBytes(message?.media) ?? Buffer.alloc(0) };
}

const openIn = (sandbox: Sandbox, root: string, around: readonly Guard[] = []): Promise<GuardedClient> =>
  GuardedClient.open({
    ...sandbox.clientOptions(),
    limits: { mode: "off" },
    files: { roots: [root] },
    guards: { around },
  });

const partsAsked = (sandbox: Sandbox): number => sandbox.log.filter(({ method }) => method === "upload.getFile").length;

describe("downloadMedia", () => {
  it("saves every file of the demo world as the world has it, each under a name of its own", async () => {
    await using reader = await openReader();
    const { read, sandbox } = reader;
    const kinds = new Set<string>();
    for (const { id } of await read.dialogs().toArray({ limit: 100 })) {
      for (const message of withFiles(sandbox, id)) {
        const { path, bytes, media, resumed } = await read.downloadMedia(id, message.id, { to: `${id}/` });
        expect(basename(path)).toMatch(new RegExp(`^${message.id}-.`));
        expect((await readFile(path)).equals(worldBytes(message.media) ?? Buffer.alloc(0))).toBe(true);
        expect([bytes, resumed]).toEqual([media.sizeBytes, false]);
        kinds.add(media.type);
      }
    }
    expect([...kinds].sort()).toEqual(expect.arrayContaining(["document", "photo", "voice"]));
    expect(withFiles(sandbox, WILD)).toHaveLength(26);
  });

  it("puts them into the data folder, for the owner alone, and leaves nothing beside them", async () => {
    await using reader = await openReader();
    const { id } = largeOf(reader.sandbox);
    const { path } = await reader.read.downloadMedia(WILD, id);
    const folder = join(reader.sandbox.clientOptions().dataDir, "downloads");
    expect(path).toBe(join(folder, `${id}-three-megabytes.bin`));
    expect(await readdir(folder)).toEqual([basename(path)]);
    expect([(await stat(path)).mode & 0o777, (await stat(folder)).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  it("tells how far it is, and asks for each part once", async () => {
    await using reader = await openReader();
    const { id } = largeOf(reader.sandbox);
    const told: number[] = [];
    await reader.read.downloadMedia(WILD, id, {
      onProgress: ({ doneBytes, totalBytes }) => {
        expect(totalBytes).toBe(LARGE);
        told.push(doneBytes);
      },
    });
    expect(told).toHaveLength(PARTS);
    expect(told.at(-1)).toBe(LARGE);
    expect(partsAsked(reader.sandbox)).toBe(PARTS);
  });

  it("leaves a part when it is aborted, with which the next call goes on", async () => {
    await using reader = await openReader();
    const { id, truth } = largeOf(reader.sandbox);
    const abort = new AbortController();
    const work = reader.read.downloadMedia(WILD, id, {
      to: "large.bin",
      signal: abort.signal,
      onProgress: ({ doneBytes }) => {
        if (doneBytes === 4 * 512 * 1024) abort.abort(new Error("enough"));
      },
    });
    await expect(work).rejects.toThrow("enough");
    const told: number[] = [];
    const { path, resumed } = await reader.read.downloadMedia(WILD, id, {
      to: "large.bin",
      onProgress: ({ doneBytes }) => told.push(doneBytes),
    });
    expect(resumed).toBe(true);
    expect(told).toEqual([5 * 512 * 1024, 6 * 512 * 1024, LARGE]);
    expect((await readFile(path)).equals(truth)).toBe(true);
  });

  it("never goes on with a part of another file", async () => {
    await using reader = await openReader();
    const { sandbox, read } = reader;
    const { id } = largeOf(sandbox);
    const stop = (): never => {
      throw new Error("enough");
    };
    await expect(read.downloadMedia(WILD, id, { to: "same.bin", onProgress: stop })).rejects.toThrow("enough");
    const other = withFiles(sandbox, WILD)[0];
    const { path, resumed } = await read.downloadMedia(WILD, other?.id ?? 0, { to: "same.bin" });
    expect(resumed).toBe(false);
    expect((await readFile(path)).equals(worldBytes(other?.media) ?? Buffer.alloc(0))).toBe(true);
  });

  it("fetches the message again when its reference has expired under way", async () => {
    await using reader = await openReader();
    const { sandbox, read } = reader;
    const { id, truth } = largeOf(sandbox);
    let expired = 0;
    const { path } = await read.downloadMedia(WILD, id, {
      onProgress: ({ doneBytes }) => {
        if (doneBytes !== 512 * 1024 && doneBytes !== 5 * 512 * 1024) return;
        sandbox.world.expireFileReferences();
        expired++;
      },
    });
    expect(expired).toBe(2);
    expect((await readFile(path)).equals(truth)).toBe(true);
    expect(sandbox.log.filter(({ outcome }) => outcome === "FILE_REFERENCE_EXPIRED").length).toBeGreaterThan(0);
    expect(sandbox.log.filter(({ method }) => method === "channels.getMessages").length).toBeLessThanOrEqual(3);
  });

  it("gets through cut connections and floods", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox({
      faults: [
        { method: "upload.getFile", nth: 2, drop: "after" },
        { method: "upload.getFile", nth: 5, error: "FLOOD_WAIT_1" },
      ],
    });
    await using client = await openIn(sandbox, folder.path);
    const { id, truth } = largeOf(sandbox);
    const { path } = await client.read.downloadMedia(WILD, id);
    expect((await readFile(path)).equals(truth)).toBe(true);
    expect(sandbox.faults.unfired()).toEqual([]);
  });

  it("looks through the newest messages for one that Telegram does not find by its id", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox();
    const forgetful: Guard = async (call, next) => {
      const answer: unknown = await next(call);
      if (call.method === "channels.getMessages") Object.assign(answer as object, { messages: [] });
      return answer as Awaited<ReturnType<typeof next<never>>>;
    };
    await using client = await openIn(sandbox, folder.path, [forgetful]);
    const { id, truth } = largeOf(sandbox);
    const { path } = await client.read.downloadMedia(WILD, id);
    expect((await readFile(path)).equals(truth)).toBe(true);
    await expect(client.read.downloadMedia(WILD, 2_000_000)).rejects.toMatchObject({ code: "message_not_found" });
  });

  it("makes an empty file of an empty one", async () => {
    await using folder = await tempFolder();
    const file = folder.file("result.json");
    await writeFile(folder.file("empty.txt"), "");
    const sent = { id: 7, type: "message", date: "2024-01-01T00:00:00", from: "A", from_id: "user77", text: "" };
    const message = { ...sent, file: "empty.txt", file_name: "empty.txt" };
    await writeFile(
      file,
      JSON.stringify({ name: "Club", type: "private_supergroup", id: 1_700_300_401, messages: [message] }),
    );
    await using sandbox = await startSandbox({ world: { file } });
    await using client = await openIn(sandbox, folder.file("out"));
    const { path, bytes } = await client.read.downloadMedia("Club", 7);
    expect([bytes, (await stat(path)).size, partsAsked(sandbox)]).toEqual([0, 0, 0]);
  });

  it("goes on where it was killed, at whatever byte", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox();
    const { id, truth } = largeOf(sandbox);
    const options = { ...sandbox.clientOptions(), files: { roots: [folder.path] } };
    const order = JSON.stringify({ options, chat: WILD, messageId: id, to: "large.bin" });
    let kills = 0;
    let resumed = "";
    for (let killAfter = 1; resumed === ""; killAfter++) {
      const worker = startWorker("../read/download-worker.mjs", [order]);
      const from = partsAsked(sandbox);
      const forget = sandbox.onRequest(() => {
        if (kills < 6 && partsAsked(sandbox) - from >= (killAfter % 3) + 1)
          setTimeout(
            () => {
              worker.kill();
            },
            (killAfter * 7) % 11,
          );
      });
      for await (const line of worker.lines) resumed = line;
      const { code, complaint } = await worker.ended;
      forget();
      expect(complaint).toBe("");
      if (code === null) kills++;
      else if (resumed === "") throw new Error("It ended without a word.");
    }
    expect(kills).toBeGreaterThan(0);
    expect((await readFile(folder.file("large.bin"))).equals(truth)).toBe(true);
    expect(await readdir(folder.path)).toEqual(["large.bin"]);
  });
});

describe("downloadMedia refuses", () => {
  it("a file that is larger than the caller wants, before anything of it is asked for", async () => {
    await using reader = await openReader();
    const { id } = largeOf(reader.sandbox);
    await expect(reader.read.downloadMedia(WILD, id, { limitBytes: LARGE - 1 })).rejects.toMatchObject({
      code: "file_too_large",
      details: { sizeBytes: LARGE, limitBytes: LARGE - 1 },
    });
    expect(partsAsked(reader.sandbox)).toBe(0);
  });

  it("a message without a file, and one that is not there", async () => {
    await using reader = await openReader();
    const [first] = reader.sandbox.world.chat(WILD).messages();
    await expect(reader.read.downloadMedia(WILD, first?.id ?? 0)).rejects.toMatchObject({ code: "media_unavailable" });
    await expect(reader.read.downloadMedia(WILD, 9_999_999)).rejects.toMatchObject({ code: "message_not_found" });
    await expect(reader.read.downloadMedia(WILD, 0)).rejects.toMatchObject({ code: "input_invalid" });
  });

  it("a file in another data centre, with a next step", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox({ faults: [{ method: "upload.getFile", error: "FILE_MIGRATE_4" }] });
    await using client = await openIn(sandbox, folder.path);
    const error: unknown = await client.read
      .downloadMedia(WILD, largeOf(sandbox).id)
      .catch((thrown: unknown) => thrown);
    expect(isGuardError(error, "telegram_error") && error.nextStep).toContain("data centre 4");
    expect(await readdir(folder.path)).toEqual([]);
  });
});
