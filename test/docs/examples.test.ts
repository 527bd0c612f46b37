import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { redisMissing, startRedis } from "../support/redis-server.js";
import { root } from "../support/import-lines.js";
import { tempFolder } from "../support/temp-folder.js";
import { examples, programOf, type Example } from "./docstrings.js";
import { openContext, type Context } from "./example-context.js";

const before = process.cwd();
let programs = "";
let folder: Awaited<ReturnType<typeof tempFolder>> | undefined;
let context: Context | undefined;

beforeAll(async () => {
  // Inside the tree, so that the package resolves by its name.
  programs = await mkdtemp(join(root, "test/.blocks-"));
  const home = await tempFolder();
  folder = home;
  process.chdir(home.path);
  for (const name of Object.keys(process.env)) if (/^(TG_|SESSION_NAME)/.test(name)) vi.stubEnv(name, "");
  for (const name of ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"]) vi.stubEnv(name, home.path);
  vi.stubEnv("TG_SANDBOX", home.file("info.json"));
  vi.spyOn(console, "log").mockReturnValue();
  vi.spyOn(console, "error").mockReturnValue();
  context = await openContext(home.file("files"));
  await writeFile(home.file("info.json"), JSON.stringify(context.sandbox.info), { mode: 0o600 });
});
afterAll(async () => {
  // What later files of this worker share with this one comes first, and back also where the beginning failed.
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.chdir(before);
  try {
    await context?.[Symbol.asyncDispose]();
  } finally {
    if (programs !== "") await rm(programs, { recursive: true });
    await folder?.[Symbol.asyncDispose]();
  }
});

it("Docstrings have examples, each a fenced block", () => {
  expect(examples.length).toBeGreaterThan(100);
  expect(examples.filter(({ code }) => code.trim() === "").map(({ name }) => name)).toEqual([]);
});

const REDIS = "redis://127.0.0.1:6379";
const needsRedis = ({ code }: Example): boolean => code.includes(REDIS);

it.each(examples.filter((example) => !needsRedis(example) || redisMissing === undefined))(
  "$name runs as it stands",
  async (example) => {
    await using redis = needsRedis(example) ? await startRedis() : undefined;
    const file = join(programs, `${example.name.replace(/\W+/g, "-")}.ts`);
    await writeFile(file, programOf(example).replace(REDIS, redis?.url ?? REDIS));
    const { default: run } = (await import(/* @vite-ignore */ file)) as {
      default: (context: Context) => Promise<void>;
    };
    if (context === undefined) throw new Error("there is no context");
    await run(context);
  },
);
