import { expect, it } from "vitest";
import { runCli } from "../support/cli.js";

it.each([
  ["exprot", ["exprot"], "unknown command 'exprot'", "Did you mean export?", "(tg-guarded --help"],
  ["of a command", ["sandbox", "--prot", "1"], "unknown option '--prot'", "--port", "(tg-guarded sandbox --help"],
  [
    "of a command's command",
    ["export", "messages"],
    "missing required",
    "'chat'",
    "(tg-guarded export messages --help",
  ],
  ["too many", ["call", "tg_get_group_info", "group=@a"], "too many arguments", "'call'", "(tg-guarded call --help"],
])("a mistyped command line is told with the help that has its words: %s", async (_, args, ...words) => {
  const { exitCode, stdout, stderr } = await runCli(args, {});
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  for (const word of words) expect(stderr).toContain(word);
});
