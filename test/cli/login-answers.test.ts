import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountOf } from "../login/desk.js";
import { runCli } from "../support/cli.js";
import { openLoginDesk, type LoginDesk } from "./login-desk.js";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

let desk: LoginDesk;
let sandbox: LoginDesk["sandbox"];
let env: LoginDesk["env"];
beforeEach(async () => {
  desk = await openLoginDesk();
  ({ sandbox, env } = desk);
});
afterEach(() => desk[Symbol.asyncDispose]());

const account = (nth: number) => accountOf(sandbox, nth);
const asked = (): readonly string[] => sandbox.log.map(({ method }) => method);

/** With something on the standard input, which may stay open. */
function fed(args: readonly string[], input: string, stays = false) {
  const child = spawn(process.execPath, [CLI, ...args], { env: { PATH: process.env["PATH"], ...env } });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (said += data.toString()));
  if (stays) child.stdin.write(input);
  else child.stdin.end(input);
  return { child, ended: once(child, "exit").then(([code]) => code as number), said: () => said };
}

describe("Code and password from a file descriptor", () => {
  const args = (): string[] => ["login", "--name", "mine", "--phone", account(1).phone, "--code-fd", "0"];

  it("come line by line from the same one, which may stay open", async () => {
    const { code, password = "" } = account(1);
    const { child, ended, said } = fed([...args(), "--password-fd", "0"], `${code}\n${password}\n`, true);
    expect([await ended, said()]).toEqual([0, expect.stringContaining("Logged in as")]);
    child.stdin.destroy();
  });

  it("that ends too early, or is none, is told", async () => {
    const early = fed([...args(), "--password-fd", "0"], `${account(1).code}\n`);
    expect([await early.ended, early.said()]).toEqual([1, expect.stringContaining("no (further) password")]);
    const before = asked().length;
    const none = await runCli([...args().slice(0, -1), "99"], env);
    expect(none.stderr).toContain("--code-fd 99 must be the number of an open file descriptor");
    expect(asked().slice(before)).not.toContain("auth.sendCode");
  });

  it("is not waited for after SIGTERM", async () => {
    const { child, ended, said } = fed(args(), "", true);
    while (!asked().includes("auth.sendCode")) await new Promise((resolve) => setImmediate(resolve));
    child.kill("SIGTERM");
    expect([await ended, said()]).toEqual([130, "Stopped.\n"]);
    child.stdin.destroy();
  });
});

it("A session string that is imported is one line, also where the pipe stays open", async () => {
  const { child, ended, said } = fed(["sessions", "import", "mine"], `${account(0).session}\n`, true);
  expect([await ended, said()]).toEqual([0, expect.stringContaining('"mine" is imported')]);
  child.stdin.destroy();
});
