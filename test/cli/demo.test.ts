import { expect, it } from "vitest";
import { runCli } from "../support/cli.js";

it("tg-guarded demo shows an export, refused writes and one message sent once, and leaves nothing behind", async () => {
  const { exitCode, stdout, stderr } = await runCli(["demo"]);
  expect(stderr).toBe("");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("420 messages of 420");
  expect(stdout.match(/refused \[write_denied\]/g)).toHaveLength(2);
  expect(stdout).toContain("The server saw: dropped, then RANDOM_ID_DUPLICATE");
  expect(stdout).toContain("copies in the chat: 1");
  expect(stdout).toMatch(/(\d+) requests left, \1 arrived/);
});
