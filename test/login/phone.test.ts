import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memoryStore, type CodeRequest, type PasswordRequest } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { accountOf, enter, ownerOf, reasonOf } from "./desk.js";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ dcs: 3 });
});
afterEach(() => sandbox.close());

/** Types what the account's owner knows. */
function owner(nth = 0) {
  const { phone, code, password = "" } = accountOf(sandbox, nth);
  const asked: (CodeRequest | PasswordRequest | string)[] = [];
  return {
    asked,
    prompts: {
      phone: () => Promise.resolve(phone),
      code: (about: CodeRequest) => {
        asked.push(about);
        return Promise.resolve(code);
      },
      password: (about: PasswordRequest) => {
        asked.push(about);
        return Promise.resolve(password);
      },
    },
  };
}

describe("A login by phone", () => {
  it("asks for the number and the code, says where the code comes, and gives a session", async () => {
    const { prompts, asked } = owner();
    const entered = await enter(sandbox, { prompts });
    expect(entered.account).toMatchObject({ id: accountOf(sandbox).id, username: accountOf(sandbox).username });
    expect(asked).toEqual([{ way: "app", length: 5, nextWay: "sms", nextInMs: 60_000 }]);
    expect(await ownerOf(sandbox, entered)).toBe(accountOf(sandbox).username);
  });

  it("goes to the data centre of the account, and asks for the password where there is one", async () => {
    const second = accountOf(sandbox, 1);
    const { prompts, asked } = owner(1);
    const entered = await enter(sandbox, { prompts });
    expect(second.dcId).not.toBe(accountOf(sandbox).dcId);
    expect(asked).toEqual([expect.objectContaining({ way: "app" }), { hint: second.hint }]);
    expect(await ownerOf(sandbox, entered)).toBe(second.username);
    expect(sandbox.log.some(({ outcome }) => outcome === `PHONE_MIGRATE_${second.dcId}`)).toBe(true);
    // Nothing stays open at the data centre that it came from.
    await expect.poll(() => sandbox.connections).toBe(0);
  });

  it("asks again for a wrong code, three times in all", async () => {
    const { prompts } = owner();
    const again: (string | undefined)[] = [];
    const code = (about: CodeRequest) => {
      again.push(about.again);
      return Promise.resolve("00000");
    };
    expect(await reasonOf(enter(sandbox, { prompts: { ...prompts, code } }))).toBe("code_wrong");
    expect(again).toEqual([undefined, "wrong", "wrong"]);
    const right = (about: CodeRequest) =>
      Promise.resolve(about.again === undefined ? "00000" : accountOf(sandbox).code);
    await enter(sandbox, { prompts: { ...prompts, code: right } });
  });

  it("gets a new code for one that has expired", async () => {
    const { prompts } = owner();
    const again: (string | undefined)[] = [];
    const code = (about: CodeRequest) => {
      again.push(about.again);
      if (again.length === 1) sandbox.world.expireLogins();
      return Promise.resolve(accountOf(sandbox).code);
    };
    await enter(sandbox, { prompts: { ...prompts, code } });
    expect(again).toEqual([undefined, "expired"]);
    expect(sandbox.log.filter(({ method }) => method === "auth.sendCode")).toHaveLength(2);
  });

  it("asks for no further code once the third has expired", async () => {
    const { prompts } = owner();
    const code = () => {
      sandbox.world.expireLogins();
      return Promise.resolve(accountOf(sandbox).code);
    };
    expect(await reasonOf(enter(sandbox, { prompts: { ...prompts, code } }))).toBe("code_expired");
    expect(sandbox.log.filter(({ method }) => method === "auth.sendCode")).toHaveLength(3);
  });

  it("has the code brought another way on request, as long as there is one", async () => {
    const { prompts } = owner();
    const ways: string[] = [];
    const code = ({ way }: CodeRequest) => {
      ways.push(way);
      return Promise.resolve(way === "app" ? ({ resend: true } as const) : accountOf(sandbox).code);
    };
    await enter(sandbox, { prompts: { ...prompts, code } });
    expect(ways).toEqual(["app", "sms"]);
    const never = () => Promise.resolve({ resend: true } as const);
    expect(await reasonOf(enter(sandbox, { prompts: { ...prompts, code: never } }))).toBe("no_other_way");
  });

  it("says that there is no other way only where that is so, and takes the last code then", async () => {
    const { prompts } = owner();
    const seen: CodeRequest[] = [];
    const code = (about: CodeRequest) => {
      seen.push(about);
      return Promise.resolve(about.again === undefined ? ({ resend: true } as const) : accountOf(sandbox).code);
    };
    await enter(sandbox, { prompts: { ...prompts, code } });
    expect(seen.map(({ way, again }) => `${way} ${again ?? ""}`)).toEqual([
      "app ",
      "sms ",
      "call ",
      "call no_other_way",
    ]);
    expect(seen.slice(2).some((about) => "nextWay" in about)).toBe(false);
  });

  it("begins anew where Telegram asks for that, and gives up where it is sent around in a circle", async () => {
    const { prompts } = owner();
    sandbox.faults.add({ method: "auth.sendCode", nth: 1, error: "AUTH_RESTART" });
    await enter(sandbox, { prompts });
    sandbox.faults.set([{ method: "auth.sendCode", error: "PHONE_MIGRATE_2", times: 99 }]);
    expect(await reasonOf(enter(sandbox, { prompts }))).toBe("PHONE_MIGRATE_2");
  });

  it("takes a code that comes by e-mail", async () => {
    const { prompts, asked } = owner();
    sandbox.world.changeLogin(accountOf(sandbox).id, { codeWays: ["email"] });
    await enter(sandbox, { prompts });
    expect(asked).toEqual([expect.objectContaining({ way: "email", hint: "m***a@tidewater.example" })]);
  });

  it("gives up where the challenge of a password grows old again and again", async () => {
    const { prompts } = owner(1);
    sandbox.faults.add({ method: "auth.checkPassword", error: "SRP_ID_INVALID", times: 99 });
    expect(await reasonOf(enter(sandbox, { prompts }))).toBe("unexpected");
  });

  it("asks again for a wrong password, three times in all, and each time with another challenge", async () => {
    const { prompts } = owner(1);
    const again: (string | undefined)[] = [];
    const password = (about: PasswordRequest) => {
      again.push(about.again);
      return Promise.resolve("wrong");
    };
    expect(await reasonOf(enter(sandbox, { prompts: { ...prompts, password } }))).toBe("password_wrong");
    expect(again).toEqual([undefined, "wrong", "wrong"]);
  });

  it("asks again for a number that nobody can have", async () => {
    const { prompts } = owner();
    const phone = (again?: "invalid") => Promise.resolve(again === undefined ? "12" : accountOf(sandbox).phone);
    await enter(sandbox, { prompts: { ...prompts, phone } });
    expect(await reasonOf(enter(sandbox, { prompts: { ...prompts, phone: () => Promise.resolve("12") } }))).toBe(
      "phone_invalid",
    );
  });

  it("is told when no account has the number, and when the number is banned", async () => {
    const { prompts } = owner();
    const nobody = { ...prompts, phone: () => Promise.resolve("+999662999999") };
    expect(await reasonOf(enter(sandbox, { prompts: nobody }))).toBe("not_registered");
    sandbox.world.changeLogin(accountOf(sandbox).id, { phoneRefused: "PHONE_NUMBER_BANNED" });
    expect(await reasonOf(enter(sandbox, { prompts }))).toBe("phone_banned");
  });

  it("is told of a flood, waits for a short one, and a new attempt knows of a long one without asking", async () => {
    const { prompts } = owner();
    sandbox.faults.add({ method: "auth.sendCode", nth: 1, error: "FLOOD_WAIT_1" });
    const heard: string[] = [];
    await enter(sandbox, { prompts, onEvent: (name) => heard.push(name) });
    expect(heard).toContain("wait");
    sandbox.faults.set([{ method: "auth.sendCode", error: "FLOOD_WAIT_3600", times: 1 }]);
    const store = memoryStore();
    expect(["flood_wait", "circuit_open"]).toContain(await reasonOf(enter(sandbox, { prompts, store })));
    const before = sandbox.log.length;
    expect(["flood_wait", "circuit_open"]).toContain(await reasonOf(enter(sandbox, { prompts, store })));
    expect(sandbox.log.slice(before).map(({ method }) => method)).not.toContain("auth.sendCode");
  });

  it("goes on over a connection that breaks", async () => {
    const { prompts } = owner();
    sandbox.faults.set([
      { method: "auth.sendCode", nth: 1, drop: "before" },
      { method: "auth.signIn", nth: 1, drop: "before" },
    ]);
    expect(await ownerOf(sandbox, await enter(sandbox, { prompts }))).toBe(accountOf(sandbox).username);
  });

  it("ends when its person gives up, and leaves nothing open", async () => {
    const { prompts } = owner();
    const enough = new Error("enough");
    await expect(enter(sandbox, { prompts: { ...prompts, code: () => Promise.reject(enough) } })).rejects.toBe(enough);
    const abort = new AbortController();
    const aborting = () => {
      abort.abort(enough);
      return Promise.resolve("12345");
    };
    const aborted = enter(sandbox, { prompts: { ...prompts, code: aborting }, signal: abort.signal });
    await expect(aborted).rejects.toBe(enough);
  });

  it("does not speak with a server that has another key than it should", async () => {
    const { prompts } = owner();
    await using other = await startSandbox();
    const { dcs } = sandbox.clientOptions().server;
    const { publicKeyPem } = other.clientOptions().server;
    expect(await reasonOf(enter(sandbox, { prompts, server: { dcs, publicKeyPem } }))).toBe("handshake_failed");
    expect(sandbox.log).toEqual([]);
  });

  it("says which question it has nobody to ask", async () => {
    const { prompts } = owner(1);
    await expect(enter(sandbox, { prompts: {} })).rejects.toMatchObject({ details: { path: "prompts.phone" } });
    const { phone, code } = prompts;
    await expect(enter(sandbox, { prompts: { phone, code } })).rejects.toMatchObject({
      details: { path: "prompts.password" },
    });
  });
});
