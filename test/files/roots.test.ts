import { delimiter, join } from "node:path";
import { readdir } from "node:fs/promises";
import { expect, it } from "vitest";
import { GuardedClient } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { readEnv } from "../../src/env/read-env.js";
import { tempFolder } from "../support/temp-folder.js";

const ACCOUNT = { TG_API_ID: "1", TG_API_HASH: "hash", SESSION_NAME: "work" };

it("TG_FILES_ROOTS names the folders, separated as in PATH; what the program says wins", () => {
  const env = { ...ACCOUNT, TG_FILES_ROOTS: ["/one", "/two", ""].join(delimiter) };
  expect(readEnv(env).options.files).toEqual({ roots: ["/one", "/two"] });
  expect(readEnv(env, { files: { roots: ["/three"] } }).options.files).toEqual({ roots: ["/three"] });
  expect(readEnv(ACCOUNT).options.files).toEqual({});
});

it("a client writes into every allowed folder, into the first by default, and nowhere else", async () => {
  await using folder = await tempFolder();
  await using sandbox = await startSandbox();
  const roots = [folder.file("one"), folder.file("two")];
  const limits = { mode: "off" } as const;
  await using client = await GuardedClient.open({ ...sandbox.clientOptions(), limits, files: { roots } });
  const message = [...sandbox.world.chat("@wild_names").messages()].find(({ media }) => media?.kind === "document");
  const save = (to?: string) =>
    client.read.downloadMedia("@wild_names", message?.id ?? 0, to === undefined ? {} : { to });
  const first = await save();
  expect(first.path.startsWith(join(folder.path, "one"))).toBe(true);
  const second = await save(folder.file("two/deep/"));
  expect(second.path.startsWith(join(folder.path, "two", "deep"))).toBe(true);
  await expect(save(folder.file("three/"))).rejects.toMatchObject({ code: "path_not_allowed", details: { roots } });
  await expect(save()).rejects.toMatchObject({ code: "file_exists" });
  expect(await readdir(folder.path)).toEqual(["one", "two"]);
});

it("no allowed folder at all is refused when the client is opened", async () => {
  await using sandbox = await startSandbox();
  await expect(GuardedClient.open({ ...sandbox.clientOptions(), files: { roots: [] } })).rejects.toMatchObject({
    code: "input_invalid",
  });
});
