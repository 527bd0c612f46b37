import { writeFile } from "node:fs/promises";
import { afterEach, expect, it, vi } from "vitest";
import { logInFromEnv } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";
import { accountOf, ownerOf, reasonOf } from "./desk.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

it("A program that takes its options from the environment logs in only where TG_AUTH_BOOTSTRAP says so", async () => {
  await using sandbox = await startSandbox();
  await using folder = await tempFolder();
  await writeFile(folder.file("info.json"), JSON.stringify(sandbox.info), { mode: 0o600 });
  vi.stubEnv("TG_SANDBOX", folder.file("info.json"));
  const { phone, code, username } = accountOf(sandbox);
  const prompts = { phone: () => Promise.resolve(phone), code: () => Promise.resolve(code) };

  for (const value of [undefined, "0"]) {
    vi.stubEnv("TG_AUTH_BOOTSTRAP", value);
    expect(await reasonOf(logInFromEnv({ prompts }))).toBe("login_denied");
  }
  expect(sandbox.log).toEqual([]);
  vi.stubEnv("TG_AUTH_BOOTSTRAP", "1");
  expect(await ownerOf(sandbox, await logInFromEnv({ prompts }))).toBe(username);
});
