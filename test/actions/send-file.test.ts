import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { GuardedClient, memoryStore, type SendFileInput } from "tg-guarded";
import { encodeMosaic } from "../../src/sandbox/world/mosaic-jpeg.js";
import { LAB, PERSON } from "./gated.js";
import { bytesOf, contentOf, fileDesk, GATE, methodsOf } from "./file-desk.js";
import { refusalOf, resultOf } from "./operations/desk.js";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const JPEG = Buffer.from(encodeMosaic(64, 48, () => [200, 100, 50]));

describe("A file", () => {
  it.each([
    ["of a few bytes", "upload.saveFilePart", Buffer.from("Tide table"), 1],
    ["of whole parts", "upload.saveFilePart", bytesOf(2, 0), 2],
    ["of 10 MB", "upload.saveFilePart", bytesOf(20, 0), 20],
    ["of more than 10 MB", "upload.saveBigFilePart", bytesOf(20, 1), 21],
  ])("%s arrives byte for byte, and somebody else can fetch it", async (_, method, bytes, parts) => {
    await using desk = await fileDesk();
    await desk.put("table.pdf", bytes);
    const methods = await methodsOf(desk, async () => {
      await resultOf(desk.client.actions.sendFile({ chat: LAB, path: "table.pdf" }, GATE));
    });
    expect(methods).toMatchObject({ [method]: parts, "messages.sendMedia": 1 });
    const [message, ...others] = desk.arrived();
    expect(others).toEqual([]);
    expect(contentOf(message).equals(bytes)).toBe(true);
    expect(message?.media).toMatchObject({ kind: "document", mime: "application/pdf" });

    const { sandbox } = desk;
    const second = sandbox.info.accounts[1]?.id ?? 0;
    const options = { ...sandbox.clientOptions(second), store: memoryStore(), limits: { mode: "off" } } as const;
    const roots = [join(desk.folder, "theirs")];
    await using other = await GuardedClient.open({ ...options, files: { roots } });
    const { path, media } = await other.read.downloadMedia(LAB, message?.id ?? 0);
    expect(basename(path)).toContain("table.pdf");
    expect(media.sizeBytes).toBe(bytes.length);
    expect((await readFile(path)).equals(bytes)).toBe(true);
  });

  it("carries a caption with its formatting, answers, and comes without a sound", async () => {
    await using desk = await fileDesk();
    const replyTo = desk.sandbox.world.post(LAB, { from: PERSON, text: "Where is it?" });
    await desk.put("a.txt", "here");
    const input = { chat: LAB, path: "a.txt", caption: " **Here** it is ", formatting: "markdown", replyTo } as const;
    await resultOf(desk.client.actions.sendFile({ ...input, silent: true }, GATE));
    const message = desk.arrived().at(-1);
    expect(message).toMatchObject({ text: "Here it is", silent: true });
    const read = await desk.client.read.messagesByIds(LAB, [message?.id ?? 0]);
    expect(read.messages[0]).toMatchObject({
      entities: [{ type: "bold", offset: 0, length: 4 }],
      replyTo: { messageId: replyTo },
      media: { type: "document", fileName: "a.txt", mimeType: "text/plain", sizeBytes: 4 },
    });
  });

  it("can be sent later", async () => {
    await using desk = await fileDesk();
    await desk.put("a.txt", "later");
    const schedule = new Date(Date.now() + 3_600_000);
    const sent = await resultOf(desk.client.actions.sendFile({ chat: LAB, path: "a.txt", schedule }, GATE));
    expect(Math.abs(Date.parse(sent.date) - schedule.getTime())).toBeLessThan(1000);
    expect(desk.arrived()).toEqual([]);
  });

  it("is a photo only where that is asked for", async () => {
    await using desk = await fileDesk();
    await desk.put("beach.jpg", JPEG);
    await desk.put("beach.txt", JPEG);
    const { sendFile } = desk.client.actions;
    await resultOf(sendFile({ chat: LAB, path: "beach.jpg" }, GATE));
    const photo = await sendFile({ chat: LAB, path: "beach.txt", as: "photo" });
    expect(photo.warnings.join()).toContain("compressed");
    await resultOf(photo.execute());
    expect(desk.arrived().map(({ media }) => media?.kind)).toEqual(["document", "photo"]);
    await desk.put("large.jpg", Buffer.concat([JPEG, bytesOf(20, 1)]));
    await desk.put("text.jpg", "no picture");
    for (const path of ["large.jpg", "text.jpg"]) {
      expect(await refusalOf(sendFile({ chat: LAB, path, as: "photo" }))).toBe("input_invalid");
    }
  });

  it("is called what the preview says, which is nothing that deceives", async () => {
    await using desk = await fileDesk();
    await desk.put("tmp-1", "x");
    const fileName = "../bill\u202Efdp.exe";
    const preview = await desk.client.actions.sendFile({ chat: LAB, path: "tmp-1", fileName });
    const message = await preview.execute().then(() => desk.arrived()[0]);
    const { messages } = await desk.client.read.messagesByIds(LAB, [message?.id ?? 0]);
    const name = messages[0]?.media?.fileName ?? "";
    expect(name).toMatch(/^[^/\u202E]+fdp\.exe$/);
    expect(preview.warnings.join()).toContain(`"${name}"`);
    expect(preview.summary).toContain(`"${name}"`);
  });

  it("counts once, by the chat it goes to", async () => {
    await using desk = await fileDesk();
    await desk.put("a.txt", bytesOf(2));
    const left = async (chat: string) =>
      (await desk.client.actions.sendMessage({ chat, text: "how many?" })).quotaLeft ?? 0;
    for (const chat of [LAB, PERSON]) {
      const before = await left(chat);
      const preview = await desk.client.actions.sendFile({ chat, path: "a.txt" });
      expect(preview.quotaLeft).toBe(before);
      await preview.execute();
      expect(await left(chat)).toBe(before - 1);
    }
  });

  it("takes two requests to a known chat to preview, and two beside its parts to send", async () => {
    await using desk = await fileDesk();
    await desk.put("a.bin", bytesOf(3));
    for (const chat of [LAB, PERSON]) {
      await desk.client.actions.sendMessage({ chat, text: "to know the chat" });
      const before = desk.sandbox.log.length;
      const preview = await desk.client.actions.sendFile({ chat, path: "a.bin" });
      expect(desk.sandbox.log.length - before).toBeLessThanOrEqual(2);
      const between = desk.sandbox.log.length;
      await preview.execute();
      expect(desk.sandbox.log.length - between).toBeLessThanOrEqual(4 + 2);
    }
  });
});

describe("The preview of a file", () => {
  it("says who, what caption, which bytes, and where links lead", async () => {
    await using desk = await fileDesk();
    const path = await desk.put("a.txt", "content");
    const caption = "See [this](https://evil.example)";
    const preview = await desk.client.actions.sendFile({ chat: LAB, path: "a.txt", caption, formatting: "markdown" });
    expect(preview).toMatchObject({
      operation: "sendFile",
      targets: [{ username: "tidewater_lab" }],
      text: "See this",
      links: [{ text: "this", url: "https://evil.example", hidden: true }],
      files: [{ path, sizeBytes: 7, sha256: sha256(Buffer.from("content")) }],
    });
    expect(preview.audience).toBeGreaterThan(1);
    expect(preview.summary).toContain("7 bytes");
    expect(desk.arrived()).toEqual([]);
    expect((await desk.client.actions.sendFile({ chat: LAB, path: "a.txt" })).text).toBeUndefined();
  });

  it("is of one action wherever the same bytes lie, and of another for all else that arrives", async () => {
    await using desk = await fileDesk();
    await mkdir(join(desk.folder, "copy"));
    for (const name of ["a.txt", "copy/a.txt"]) await desk.put(name, "same");
    await desk.put("b.txt", "same");
    await desk.put("c.txt", "else");
    const id = async (input: Partial<SendFileInput>) =>
      (await desk.client.actions.sendFile({ chat: LAB, path: "a.txt", ...input })).actionId;
    const first = await id({});
    expect(await id({ path: "copy/a.txt" })).toBe(first);
    await writeFile(join(desk.folder, "a.txt"), "same");
    expect(await id({})).toBe(first);
    expect(await id({ path: "b.txt", fileName: "a.txt" })).toBe(first);
    const others: Partial<SendFileInput>[] = [
      { path: "b.txt" },
      { path: "c.txt", fileName: "a.txt" },
      { chat: PERSON },
      { caption: "x" },
      { caption: "**x**", formatting: "markdown" },
      { fileName: "a.pdf" },
      { replyTo: 1 },
      { topic: 1 },
      { silent: true },
      { schedule: new Date(Date.now() + 3_600_000) },
      { idempotencyKey: "again" },
    ];
    const ids = new Set([first]);
    for (const other of others) ids.add(await id(other));
    expect(ids.size).toBe(others.length + 1);
  });

  it("is refused for what may not be sent, before anything is asked", async () => {
    await using desk = await fileDesk({ maxFileMb: 1, maxMessageLength: 2000 });
    await desk.put("a.txt", "x");
    await desk.put("empty", "");
    await desk.put("full", Buffer.alloc(1_048_576));
    await desk.put("large", Buffer.alloc(1_048_577));
    const before = desk.sandbox.log.length;
    const refusal = (input: Partial<SendFileInput>) =>
      refusalOf(desk.client.actions.sendFile({ chat: LAB, path: "a.txt", ...input }));
    expect(await refusal({ path: "empty" })).toBe("file_unavailable");
    expect(await refusal({ path: "large" })).toBe("file_too_large");
    expect(await refusal({ path: "nowhere" })).toBe("file_unavailable");
    expect(await refusal({ path: "../state.db" })).toBe("path_not_allowed");
    expect(await refusal({ path: "/etc/hostname" })).toBe("path_not_allowed");
    expect(await refusal({ path: "" })).toBe("input_invalid");
    expect(await refusal({ path: "a\0" })).toBe("input_invalid");
    expect(await refusal({ caption: "x".repeat(1025) })).toBe("input_invalid");
    expect(await refusal({ caption: "\u{1F30A}".repeat(513) })).toBe("input_invalid");
    expect(desk.sandbox.log.length).toBe(before);
    expect(await refusal({ caption: "\u{1F30A}".repeat(512) })).toBe("none");
    expect(await refusal({ path: "full" })).toBe("none");
  });

  it("holds the caption to what a message may have, where that is less", async () => {
    await using desk = await fileDesk({ maxMessageLength: 5 });
    await desk.put("a.txt", "x");
    const refusal = (caption: string) => refusalOf(desk.client.actions.sendFile({ chat: LAB, path: "a.txt", caption }));
    expect([await refusal("12345"), await refusal("123456")]).toEqual(["none", "input_invalid"]);
  });
});
