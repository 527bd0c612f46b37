import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GuardedClient } from "tg-guarded";
import { accountOf } from "../login/desk.js";
import { cliAtTerminal, type PseudoTerminal } from "../support/pseudo-terminal.js";
import { runCli } from "../support/cli.js";
import { openLoginDesk, type LoginDesk } from "./login-desk.js";

let desk: LoginDesk;
let sandbox: LoginDesk["sandbox"];
let folder: LoginDesk["folder"];
let env: LoginDesk["env"];
beforeEach(async () => {
  desk = await openLoginDesk();
  ({ sandbox, folder, env } = desk);
});
afterEach(() => desk[Symbol.asyncDispose]());

const account = (nth: number) => accountOf(sandbox, nth);
const login = (...args: string[]): PseudoTerminal => cliAtTerminal(["login", "--name", "mine", ...args], env);
/** What lies in the sessions folder, apart from locks. */
const kept = async (): Promise<readonly string[]> =>
  (await readdir(join(folder.file("data"), "sessions")).catch(() => [])).filter((name) => !name.endsWith(".lock"));

function isTaken(accept: (picture: string) => void, picture: string): boolean {
  try {
    accept(picture);
    return true;
  } catch {
    return false;
  }
}

async function typePhone(terminal: PseudoTerminal, nth = 0): Promise<void> {
  await terminal.until("Phone number with its country code: ");
  terminal.type(account(nth).phone);
}

describe("tg-guarded login at a terminal", () => {
  it("asks for number and code, says where the code is, and keeps a private file that works", async () => {
    const terminal = login();
    await typePhone(terminal);
    await terminal.until('look into the chat "Telegram", 5 characters.');
    await terminal.until("Code: ");
    terminal.type(account(0).code);
    await terminal.until(`Logged in as @${account(0).username}`);
    expect(await terminal.ended).toBe(0);
    expect(await kept()).toEqual(["mine.session"]);
    expect((await stat(join(folder.file("data"), "sessions", "mine.session"))).mode & 0o777).toBe(0o600);
    const listed = await runCli(["sessions", "list"], env);
    expect(listed.stdout).toContain(`* mine  @${account(0).username}`);
    const devices = await runCli(["sessions", "devices"], { ...env, SESSION_NAME: "mine" });
    expect(devices.stdout.split("\n").filter((line) => line.startsWith("* "))).toHaveLength(1);
  });

  it("asks again after a wrong code, gets another one for an expired one, and brings it another way on request", async () => {
    const terminal = login();
    await typePhone(terminal);
    await terminal.until("Code: ");
    terminal.type("00000");
    await terminal.until("That code is wrong.");
    await terminal.until('Type "resend" to get it by SMS.');
    await terminal.until("Code: ");
    terminal.type("resend");
    await terminal.until("Telegram has sent a code by SMS");
    await terminal.until("Code: ");
    sandbox.world.expireLogins();
    terminal.type(account(0).code);
    await terminal.until("That code has expired; here is another.");
    await terminal.until("Code: ");
    terminal.type(account(0).code);
    await terminal.until("Logged in as");
    expect(await terminal.ended).toBe(0);
  });

  it("goes to another data centre, and asks for the password, hidden and with its hint, again when it is wrong", async () => {
    const { password = "", hint = "" } = account(1);
    const terminal = login();
    await typePhone(terminal, 1);
    await terminal.until("Code: ");
    terminal.type(account(1).code);
    await terminal.until(`Password of two-step verification (hint: ${hint}): `);
    terminal.type("a wrong one");
    await terminal.until("That password is wrong.");
    await terminal.until(": ");
    terminal.type(password);
    await terminal.until("Logged in as");
    expect(await terminal.ended).toBe(0);
    expect(terminal.shown()).not.toContain(password);
    expect(terminal.shown()).not.toContain("a wrong one");
    expect(sandbox.log.some(({ outcome }) => outcome.startsWith("PHONE_MIGRATE_"))).toBe(true);
  });

  it("shows a picture to scan, another one when it has expired, and asks for the password", async () => {
    // By Telegram's clock the picture then expires in two seconds.
    sandbox.faults.add({ method: "auth.exportLoginToken", nth: 1, clockShiftMs: -28_000 });
    const terminal = login("--qr");
    const next = async () => (await terminal.until(/(tg:\/\/login\?token=[\w-]+)\s/))[1] ?? "";
    const accept = (picture: string) => {
      sandbox.world.acceptQr(picture, account(1).id);
    };
    const first = await next();
    sandbox.world.expireLogins();
    expect(() => {
      accept(first);
    }).toThrow();
    let other = await next();
    expect(other).not.toBe(first);
    // Where this comes late, that one has expired as well, and another follows.
    while (!isTaken(accept, other)) other = await next();
    await terminal.until("Password of two-step verification");
    terminal.type(account(1).password ?? "");
    await terminal.until("Logged in as");
    expect(await terminal.ended).toBe(0);
  });

  it("ends at a flood with how long it lasts, and writes nothing", async () => {
    sandbox.faults.add({ method: "auth.sendCode", error: "FLOOD_WAIT_7200", times: 9 });
    const terminal = login();
    await typePhone(terminal);
    await terminal.until("7200 s");
    expect(await terminal.ended).toBe(1);
    expect(await kept()).toEqual([]);
  });

  it.each(["Phone number with its country code: ", "Code: ", "Password of two-step verification", "tg://login?token="])(
    "ends at Ctrl-C at %j, and writes nothing",
    async (prompt) => {
      const terminal = login(...(prompt.startsWith("tg:") ? ["--qr"] : []));
      if (/^(Code|Password)/.test(prompt)) await typePhone(terminal, 1);
      if (prompt.startsWith("Password")) {
        await terminal.until("Code: ");
        terminal.type(account(1).code);
      }
      await terminal.until(prompt);
      terminal.interrupt();
      await terminal.until("Stopped.");
      expect(await terminal.ended).toBe(130);
      expect(await kept()).toEqual([]);
    },
  );

  it("says that Telegram cannot be reached", async () => {
    const { dcs, ...rest } = sandbox.info;
    const nowhere = { ...rest, dcs: dcs.map((dc) => ({ ...dc, port: 1 })) };
    await writeFile(env["TG_SANDBOX"] ?? "", JSON.stringify(nowhere));
    const terminal = login("--phone", account(0).phone);
    await terminal.until("[server_unreachable]");
    expect(await terminal.ended).toBe(1);
    expect(await kept()).toEqual([]);
  });

  it("leaves a session of that name alone unless that was asked", async () => {
    await runCli(scripted(0), env);
    const before = await readFile(join(folder.file("data"), "sessions", "mine.session"), "utf8");
    const again = await runCli(scripted(1), env);
    expect([again.exitCode, again.stderr]).toEqual([1, expect.stringContaining("There is a session mine already")]);
    expect(await readFile(join(folder.file("data"), "sessions", "mine.session"), "utf8")).toBe(before);
    expect((await runCli([...scripted(1), "--replace"], env)).exitCode).toBe(0);
  });
});

/** What a script says. */
const scripted = (nth: number): readonly string[] => {
  const { phone, code, password = "" } = account(nth);
  return [
    "login",
    "--name",
    "mine",
    "--phone",
    phone,
    "--code-command",
    `echo ${code}`,
    "--password-command",
    `echo ${password}`,
  ];
};

describe("tg-guarded sessions import at a terminal", () => {
  it("asks for the string without showing it, and ends", async () => {
    const terminal = cliAtTerminal(["sessions", "import", "mine"], env);
    await terminal.until("String session: ");
    terminal.type(account(0).session);
    await terminal.until('"mine" is imported');
    expect(await terminal.ended).toBe(0);
    expect(terminal.shown()).not.toContain(account(0).session.slice(0, 40));
  });
});

describe("tg-guarded login in a script", () => {
  it("takes code and password from commands", async () => {
    const { exitCode, stdout } = await runCli(scripted(1), env);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("Logged in as")]);
  });

  it("says what it needs where it has neither terminal nor answers", async () => {
    const { exitCode, stderr } = await runCli(["login", "--phone", account(0).phone], env);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("--code-command")]);
  });
});

describe("tg-guarded logout", () => {
  it("ends the session at Telegram and deletes its file", async () => {
    await runCli(scripted(0), env);
    const before = sandbox.world.devices(account(0).id).length;
    const { exitCode, stdout } = await runCli(["logout", "mine"], env);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("At Telegram it is ended, too.")]);
    expect(sandbox.world.devices(account(0).id)).toHaveLength(before - 1);
    expect(await kept()).toEqual([]);
  });

  it("leaves a session that somebody uses as it is, here and at Telegram", async () => {
    await runCli(scripted(0), env);
    const { apiId, apiHash, server } = sandbox.clientOptions();
    const options = { apiId, apiHash, server, dataDir: folder.file("data"), session: "mine" };
    await using client = await GuardedClient.open(options);
    const { exitCode, stderr } = await runCli(["logout", "mine"], env);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("[session_locked]")]);
    expect((await client.read.me()).id).toBe(account(0).id);
    expect(await kept()).toContain("mine.session");
  });

  it("deletes the file of a session that had ended before", async () => {
    await runCli(scripted(0), env);
    sandbox.world.revoke(account(0).id);
    const { exitCode, stdout } = await runCli(["logout", "mine"], env);
    expect([exitCode, stdout]).toEqual([0, 'Session "mine" is deleted. At Telegram it had ended before.\n']);
    expect(await kept()).toEqual([]);
  });

  it("deletes the file alone if that was asked", async () => {
    await runCli(scripted(0), env);
    const before = sandbox.world.devices(account(0).id).length;
    await runCli(["logout", "mine", "--local"], env);
    expect(sandbox.world.devices(account(0).id)).toHaveLength(before);
    expect(await kept()).toEqual([]);
  });
});
