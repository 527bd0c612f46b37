import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { runCli } from "../support/cli.js";
import { tempFolder } from "../support/temp-folder.js";

async function house() {
  const folder = await tempFolder();
  const sandbox: Sandbox = await startSandbox();
  const info = folder.file("info.json");
  await writeFile(info, JSON.stringify(sandbox.info));
  return {
    folder,
    sandbox,
    run: (...args: string[]) => runCli(["export", ...args], { TG_SANDBOX: info, HOME: folder.path, RATE_RPS: "1000" }),
    [Symbol.asyncDispose]: async () => {
      await sandbox[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

it("exports several chats into a folder, each under its id, and goes on with them when run again", async () => {
  await using here = await house();
  const out = here.folder.file("archive");
  const run = (...chats: string[]) => here.run("messages", ...chats, "--out-dir", out, "--format", "csv", "--quiet");
  const { exitCode, stdout } = await run("@tidewater_lab", "@wild_names");
  expect(exitCode).toBe(0);
  const ids = ["@tidewater_lab", "@wild_names"].map((chat) => here.sandbox.world.chat(chat).id);
  expect((await readdir(out)).sort()).toEqual(ids.flatMap((id) => [`${id}.csv`, `${id}.csv.manifest.json`]).sort());
  // A title of control characters must not play tricks on a terminal.
  expect(stdout).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/u);
  const again = await run("@tidewater_lab", ...Array<string>(11).fill("@wild_names"));
  expect(again.stdout.match(/0 of them new/g)).toHaveLength(12);
  // Node warns there when something is opened for each chat and not given back.
  expect(again.stderr).toBe("");
});

it("exports to stdout, and says what came of it on stderr alone", async () => {
  await using here = await house();
  const { stdout, stderr } = await here.run(
    "messages",
    "@tidewater_lab",
    "--out",
    "-",
    "--limit",
    "3",
    "--format",
    "json",
  );
  expect((JSON.parse(stdout) as unknown[]).length).toBe(3);
  expect(stderr).toContain('3 messages of "Tidewater Lab"');
});

it("tells in JSON what it does and what came of it", async () => {
  await using here = await house();
  const to = here.folder.file("members.csv");
  const { stdout, stderr } = await here.run("participants", "@tidewater_lab", "--out", to, "--json", "--bots");
  expect(JSON.parse(stdout)).toMatchObject({ complete: true, count: 9, reported: 9, path: to });
  const events = stderr
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly event: string });
  expect(events.map(({ event }) => event)).toContain("progress");
});

it("exports dialogs and groups, and estimates before a long run", async () => {
  await using here = await house();
  const [dialogs, groups] = [here.folder.file("dialogs.json"), here.folder.file("groups.csv")];
  expect((await here.run("dialogs", "--out", dialogs)).exitCode).toBe(0);
  const kinds = new Set((JSON.parse(await readFile(dialogs, "utf8")) as { kind: string }[]).map(({ kind }) => kind));
  expect(kinds).toEqual(new Set(["user", "group", "supergroup", "channel"]));
  expect((await here.run("groups", "--out", groups)).stdout).toContain("1 request\n");
  expect(await readFile(groups, "utf8")).not.toMatch(/,user,|,channel,/);
  const { stdout } = await here.run("messages", "@tidewater_lab", "--estimate");
  expect(stdout).toBe("@tidewater_lab: at most 420 messages in 6 requests: 1 s, 0.000 % of a day's budget\n");
});

it("refuses what cannot be meant, and leaves no file", async () => {
  await using here = await house();
  const out = here.folder.file("x.jsonl");
  for (const [args, hint] of [
    [["messages", "@tidewater_lab"], "--out-dir"],
    [["messages", "@tidewater_lab", "@wild_names", "--out", out], "--out-dir"],
    [["messages", "@tidewater_lab", "--out", here.folder.file("x.xyz")], "[input_invalid]"],
    [["messages", "@tidewater_lab", "--out", out, "--since", "yesterday"], "[input_invalid]"],
    [["messages", "@tidewater_lab", "--out", out, "--limit", "0"], "1 or more"],
    [["messages", "@tidewater_lab", "--out", "-", "--media"], "[input_invalid]"],
    [["participants", "@mira_halvorsen", "--out", out], "[input_invalid]"],
  ] as const) {
    const { exitCode, stderr, stdout } = await here.run(...args);
    expect(stderr, args.join(" ")).toContain(hint);
    expect([exitCode, stdout]).toEqual([1, ""]);
  }
  await expect(stat(out)).rejects.toThrow("ENOENT");
  await expect(stat(`${out}.part`)).rejects.toThrow("ENOENT");
});
