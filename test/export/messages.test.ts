import { readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { GuardedClient, type Guard, type Message } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";
import { opened } from "./export-desk.js";

const LAB = "@tidewater_lab";

const linesOf = async (path: string): Promise<Message[]> =>
  (await readFile(path, "utf8"))
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Message);

const textsOf = (sandbox: Sandbox): string[] => [...sandbox.world.chat(LAB).messages()].map(({ text }) => text);

const historyRequests = (sandbox: Sandbox): number =>
  sandbox.log.filter(({ method }) => method === "messages.getHistory").length;

describe("An export that is run again", () => {
  it("adds what is new, and asks for no more than that", async () => {
    await using house = await opened();
    const { client, sandbox, folder } = house;
    for (const name of ["lab.jsonl", "lab.json", "lab.csv", "lab.md"]) {
      const to = folder.file(name);
      await client.export.messages(LAB, { to });
      const posted = ["one more", "and, another"].map((text) =>
        sandbox.world.post(LAB, { from: "@priya_raman", text }),
      );
      const before = historyRequests(sandbox);
      const { added, count } = await client.export.messages(LAB, { to });
      expect(historyRequests(sandbox) - before, name).toBe(1);
      expect([added, count], name).toEqual([2, textsOf(sandbox).length]);
      const whole = folder.file(`whole-${name}`);
      await client.export.messages(LAB, { to: whole });
      expect(await readFile(to, "utf8"), name).toBe(await readFile(whole, "utf8"));
      sandbox.world.delete(LAB, posted);
    }
  });

  it("leaves a complete file as it is when nothing is new", async () => {
    await using house = await opened();
    const { client, folder } = house;
    const to = folder.file("lab.json");
    await client.export.messages(LAB, { to, format: "telegram-desktop", limit: 30 });
    const before = await stat(to);
    const { added, complete } = await client.export.messages(LAB, { to, format: "telegram-desktop", limit: 30 });
    const after = await stat(to);
    expect([added, complete, after.ino, after.mtimeMs]).toEqual([0, true, before.ino, before.mtimeMs]);
  });

  it("is refused when it asks for something else, and when the file is none of ours", async () => {
    await using house = await opened();
    const { client, folder } = house;
    const to = folder.file("lab.jsonl");
    await client.export.messages(LAB, { to, limit: 10 });
    await expect(client.export.messages(LAB, { to, limit: 11 })).rejects.toMatchObject({
      code: "checkpoint_mismatch",
      details: { path: to, differs: "limit" },
    });
    await expect(client.export.messages(LAB, { to, limit: 10, resume: false })).rejects.toMatchObject({
      code: "file_exists",
    });
    await writeFile(to, "precious");
    await expect(client.export.messages(LAB, { to, limit: 10 })).rejects.toMatchObject({ code: "file_exists" });
    expect(await readFile(to, "utf8")).toBe("precious");
  });

  it("goes on after an abort where it was, and begins anew when its part was cut or taken away", async () => {
    await using house = await opened();
    const { client, folder, sandbox } = house;
    const to = folder.file("lab.jsonl");
    const interrupt = async (): Promise<void> => {
      const controller = new AbortController();
      const onProgress = ({ done }: { readonly done: number }): void => {
        if (done >= 200) controller.abort(new Error("enough"));
      };
      const run = client.export.messages(LAB, { to, signal: controller.signal, onProgress });
      await expect(run).rejects.toThrow("enough");
    };
    await interrupt();
    const before = historyRequests(sandbox);
    const { count } = await client.export.messages(LAB, { to });
    expect(count).toBe(420);
    // The page that was under way when it was stopped may have been written, too.
    expect(historyRequests(sandbox) - before).toBeLessThanOrEqual(3);
    expect((await linesOf(to)).map(({ text }) => text)).toEqual(textsOf(sandbox));

    for (const spoil of [() => truncate(`${to}.part`, 100), () => rm(`${to}.checkpoint.json`)]) {
      await rm(to);
      await rm(`${to}.manifest.json`);
      await interrupt();
      await spoil();
      await client.export.messages(LAB, { to });
      expect((await linesOf(to)).map(({ text }) => text)).toEqual(textsOf(sandbox));
    }
    await expect(stat(`${to}.part`)).rejects.toThrow("ENOENT");
    await expect(stat(`${to}.checkpoint.json`)).rejects.toThrow("ENOENT");
  });
});

describe("The choice of what is exported", () => {
  it("takes what the reading with the same options gives, oldest first", async () => {
    await using house = await opened();
    const { client, folder } = house;
    const choices = [
      { since: "2025-05-01" },
      { until: "2025-04-10T12:00:00Z", limit: 120 },
      { since: "2025-04-01", until: "2025-06-01", limit: 30 },
      { fromUser: "@priya_raman" },
      { search: "build", limit: 7 },
      { minId: 400 },
    ];
    for (const [place, choice] of choices.entries()) {
      const to = folder.file(`${place}.jsonl`);
      const { count, asked } = await client.export.messages(LAB, { to, ...choice });
      const read = await client.read.messages(LAB, { limit: 1000, ...choice }).toArray({ limit: 1000 });
      expect(
        (await linesOf(to)).map(({ id }) => id),
        JSON.stringify(choice),
      ).toEqual(read.map(({ id }) => id).reverse());
      expect(count, JSON.stringify(choice)).toBe(read.length);
      expect(Object.keys(asked).sort()).toEqual(Object.keys(choice).sort());
      expect(count, JSON.stringify(choice)).toBeGreaterThan(0);
    }
  });
});

describe("A manifest", () => {
  it("tells what was asked for, what came and what it cost", async () => {
    await using house = await opened();
    const { client, folder } = house;
    const to = folder.file("lab.csv");
    const report = await client.export.messages(LAB, { to, limit: 120 });
    const manifest = JSON.parse(await readFile(`${to}.manifest.json`, "utf8")) as object;
    expect(manifest).toMatchObject(report);
    expect(report).toMatchObject({
      complete: true,
      missing: [],
      format: "csv",
      chat: { title: "Tidewater Lab", kind: "supergroup" },
      asked: { limit: 120 },
      count: 120,
      reported: 120,
      requests: 3,
    });
    expect((await stat(to)).mode & 0o777).toBe(0o600);
    expect((await stat(`${to}.manifest.json`)).mode & 0o777).toBe(0o600);
  });
});

it("An export that got less than Telegram counts says how much is missing", async () => {
  await using folder = await tempFolder();
  await using sandbox = await startSandbox();
  const withholding: Guard = async (call, next) => {
    const answer = await next(call);
    if (call.method === "messages.getHistory" && isAnswer(answer)) answer.messages.length = 99;
    return answer;
  };
  const limits = { mode: "off" } as const;
  const guards = { perAttempt: [withholding] };
  await using client = await GuardedClient.open({ ...sandbox.clientOptions(), limits, guards });
  const { complete, missing, count } = await client.export.messages(LAB, { to: folder.file("lab.jsonl") });
  expect([complete, count]).toEqual([false, 99]);
  expect(missing).toEqual([{ what: "record", count: 321, why: "Telegram counts more than it gives" }]);
});

const isAnswer = (value: unknown): value is { messages: unknown[] } =>
  typeof value === "object" && value !== null && "messages" in value && Array.isArray(value.messages);

describe("A stream", () => {
  it("gets what a file would hold, and stays open", async () => {
    await using house = await opened();
    const { client, folder } = house;
    const chunks: string[] = [];
    const stream = new Writable({
      highWaterMark: 10,
      decodeStrings: false,
      write(chunk: string, _, done) {
        chunks.push(chunk);
        setImmediate(done);
      },
    });
    const report = await client.export.messages(LAB, { to: stream, format: "csv" });
    const to = folder.file("lab.csv");
    await client.export.messages(LAB, { to });
    expect(chunks.join("")).toBe(await readFile(to, "utf8"));
    expect([report.path, stream.writableEnded]).toEqual(["-", false]);
  });

  it("whose reader goes away ends the export with an error of the file", async () => {
    await using house = await opened();
    const stream = new Writable({
      write(_chunk, _encoding, done) {
        done(new Error("EPIPE"));
      },
    });
    await expect(house.client.export.messages(LAB, { to: stream })).rejects.toMatchObject({ code: "file_error" });
  });
});
