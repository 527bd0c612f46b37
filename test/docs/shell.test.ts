import { execFile, execFileSync } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox, type WorldBuilder } from "tg-guarded/testing";
import { redisMissing, startRedis } from "../support/redis-server.js";
import { blocksIn, isTranscript } from "./pages.js";
import { ELSEWHERE, homeIn, linesOf, programsIn } from "./shell-folder.js";
import { scriptOf } from "./shell-script.js";
import { tempFolder } from "../support/temp-folder.js";

const shell = blocksIn("sh").filter((block) => !isTranscript(block));
const pagesWithShell = [...new Set(shell.map(({ page }) => page))];

/** The chats that the pages name, and an account for each side. */
function chats(world: WorldBuilder): void {
  const creator = world.user({ firstName: "Ada", account: true });
  const members = ["Bo", "Cy"].map((firstName) => world.user({ firstName, account: true }));
  world.channel({ title: "Durov", username: "durov", creator, members }).post("Low tide at noon");
  const groups = [
    { username: "tidewater_lab" },
    { username: "harbour_council" },
    { username: "my_group" },
    { id: 1234567890 },
  ];
  for (const group of groups) {
    world
      .supergroup({ title: group.username ?? "Boats", creator, members, ...group })
      .post({ from: creator, text: "Noon" });
  }
}

/** Where the pages have a Redis, and how it is guarded. */
const REDIS = "10.0.0.5:6379";
const GUARDED = { requirepass: "password" };
const withoutRedis = (script: string): string =>
  script
    .split("\n")
    .filter((line) => !line.includes(REDIS))
    .join("\n");

let sandbox: Sandbox;
let folder: Awaited<ReturnType<typeof tempFolder>>;
beforeAll(async () => {
  [sandbox, folder] = await Promise.all([startSandbox({ world: chats }), tempFolder()]);
  await programsIn(folder.file("bin"));
});
afterAll(async () => {
  await sandbox.close();
  await folder[Symbol.asyncDispose]();
});

const bash = (script: string, home: string): Promise<{ readonly code: unknown; readonly said: string }> =>
  new Promise((resolve) => {
    const env = {
      PATH: folder.file("bin"),
      HOME: home,
      TG_SANDBOX: `${home}/telegram-info.json`,
      TG_ACTIONS_ENABLED: "1",
      TG_ACTIONS_ALLOWED_GROUPS: "@my_group",
      TG_ACTIONS_OPERATOR_WAIT_SEC: "0",
    };
    execFile("bash", ["-c", script], { cwd: home, env, timeout: 100_000 }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, said: error === null ? "" : stdout + stderr });
    });
  });

it.each(shell)("$name is understood by a shell", ({ code }) => {
  expect(() => execFileSync("bash", ["-n"], { input: code, stdio: ["pipe", "pipe", "pipe"] })).not.toThrow();
});

describe.concurrent("The commands of a page, in their order, do what they should", () => {
  it.each(pagesWithShell)("%s", async (page) => {
    const home = folder.file(page.replaceAll(/\W+/g, "-"));
    await mkdir(home);
    await homeIn(home, sandbox);
    const script = scriptOf(shell.filter((block) => block.page === page).map(({ code }) => code));
    await using redis = script.includes(REDIS) && redisMissing === undefined ? await startRedis(GUARDED) : undefined;
    const there = redis?.url.replace("redis://", "");
    const possible = there === undefined ? withoutRedis(script) : script.replaceAll(REDIS, there);
    expect(await bash(possible, home)).toEqual({ code: 0, said: "" });
  });
});

it("Programs of others are named on the pages, and did nothing", async () => {
  const called = new Set(await linesOf(folder.file("elsewhere.log")));
  expect([...called].sort()).toEqual(Object.keys(ELSEWHERE).sort());
});
