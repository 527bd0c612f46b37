import { writeFile } from "node:fs/promises";
import { afterEach, expect, it, vi } from "vitest";
import { GuardedClient } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

it("Two accounts of one configuration file live in one program, each with its own policy and its own limits", async () => {
  await using sandbox = await startSandbox();
  await using folder = await tempFolder();
  const [first, second] = sandbox.info.accounts;
  await writeFile(folder.file("info.json"), JSON.stringify(sandbox.info), { mode: 0o600 });
  const config = `
TG_SANDBOX = ${JSON.stringify(folder.file("info.json"))}
TG_DATA_DIR = ${JSON.stringify(folder.file("data"))}

[accounts.one]
SESSION_NAME = "${first?.id ?? ""}"
TG_ACTIONS_ENABLED = true
TG_ACTIONS_ALLOWED_GROUPS = ["@tidewater_lab"]
MAX_GROUP_MSGS_PER_DAY = 7

[accounts.two]
SESSION_NAME = "${second?.id ?? ""}"
`;
  await writeFile(folder.file("config.toml"), config, { mode: 0o600 });
  vi.stubEnv("TG_CONFIG_FILE", folder.file("config.toml"));
  vi.stubEnv("SESSION_NAME", "of the environment");
  await using one = await GuardedClient.fromConfig("one");
  await using two = await GuardedClient.fromConfig("two");
  expect([(await one.read.me()).id, (await two.read.me()).id]).toEqual([first?.id, second?.id]);
  expect(one.actions.policy()).toMatchObject({ enabled: true });
  expect(two.actions.policy()).toMatchObject({ enabled: false });
  const { quotaLeft } = await one.actions.sendMessage({ chat: "@tidewater_lab", text: "one" });
  expect(quotaLeft).toBe(7);
  await expect(two.actions.sendMessage({ chat: "@tidewater_lab", text: "two" })).rejects.toMatchObject({
    code: "write_denied",
  });
});
