import { readFile, readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { GuardedClient, type ExportMessagesOptions, type Message } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { parseCsv } from "../support/csv.js";
import { tempFolder } from "../support/temp-folder.js";

/** Its title is a path upwards with hidden characters; names, texts and files in it hold whatever Unicode has. */
const WILD = "@wild_names";

async function exported(name: string, options: Partial<ExportMessagesOptions> = {}, chat = WILD) {
  await using folder = await tempFolder();
  await using sandbox = await startSandbox();
  await using client = await GuardedClient.open({ ...sandbox.clientOptions(), limits: { mode: "off" } });
  await client.export.messages(chat, { to: folder.file(name), ...options });
  return {
    text: await readFile(folder.file(name), "utf8"),
    files: await readdir(folder.path),
    messages: await client.read.messages(chat, { order: "oldest" }).toArray({ limit: 1000 }),
  };
}

describe("An export of anything that people write", () => {
  it("is JSON Lines of which each line is one message", async () => {
    const { text, messages } = await exported("wild.jsonl");
    const lines = text.split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => JSON.parse(line) as Message)).toEqual(messages);
  });

  it("is JSON that parses", async () => {
    const { text, messages } = await exported("wild.json");
    expect(JSON.parse(text)).toEqual(messages);
  });

  it("is CSV by RFC 4180, field by field", async () => {
    const { text, messages } = await exported("wild.csv");
    const [titles = [], ...rows] = parseCsv(text);
    const column = (name: string): string[] => rows.map((row) => row[titles.indexOf(name)] ?? "missing");
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([titles.length]));
    expect(column("id")).toEqual(messages.map(({ id }) => String(id)));
    expect(column("text")).toEqual(messages.map((message) => message.text));
    expect(column("from_name")).toEqual(messages.map(({ senderName = "" }) => senderName));
    expect(column("media_name")).toEqual(messages.map(({ media }) => media?.fileName ?? ""));
  });

  it("is CSV without formulas when that is asked for", async () => {
    const formula = /^[=+\-@\t\r]/;
    const plain = parseCsv((await exported("wild.csv")).text).flat();
    const defused = parseCsv((await exported("wild.csv", { defuseFormulas: true })).text).flat();
    expect(plain.some((field) => formula.test(field))).toBe(true);
    expect(defused.filter((field) => formula.test(field))).toEqual([]);
    expect(defused.map((field) => field.replace(/^'/, ""))).toEqual(plain.map((field) => field.replace(/^'/, "")));
  });

  it("is Markdown in which every line of theirs is a quotation, and every heading is ours", async () => {
    const { text, messages } = await exported("wild.md");
    const days = new Set(messages.map(({ date }) => date.slice(0, 10)));
    const headings = text.split(/\r\n|[\r\n\u2028\u2029]/).filter((line) => /^\s{0,3}#/.test(line));
    expect(headings.slice(1)).toEqual([...days].map((day) => `## ${day}`));
    expect(headings[0]).toMatch(/^# /);
  });

  it("makes no file but its own, whatever the chat is called", async () => {
    const { files } = await exported("wild.jsonl");
    expect(files.sort()).toEqual(["wild.jsonl", "wild.jsonl.manifest.json"]);
  });
});
