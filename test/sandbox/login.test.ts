import { Api, type TelegramClient } from "telegram";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { gramJsClient } from "./gramjs-client.js";
import { MIRA, TOMAS } from "./login-desk.js";

/** Gives one answer after the other. */
const answers = (...list: readonly string[]) => {
  const left = [...list];
  return () => Promise.resolve(left.shift() ?? "");
};

describe("GramJS logs in", () => {
  let sandbox: Sandbox;
  let client: TelegramClient;
  const errors: string[] = [];
  const onError = (error: Error): void => {
    errors.push(error.message);
  };

  beforeEach(async () => {
    errors.length = 0;
    sandbox = await startSandbox();
    client = gramJsClient(sandbox.info);
    await client.connect();
  });

  afterEach(async () => {
    await client.destroy();
    await sandbox.close();
    expect(sandbox.problems).toEqual([]);
  });

  const credentials = () => ({ apiId: sandbox.info.apiId, apiHash: sandbox.info.apiHash });

  it("by a code that arrives in the chat with Telegram, after a wrong one", async () => {
    const [mira] = sandbox.info.accounts;
    const before = sandbox.world.chat(777_000).count;
    const seen: boolean[] = [];
    const codes = answers("11111", mira?.code ?? "");
    const phoneCode = (viaApp?: boolean) => {
      seen.push(viaApp ?? false);
      return codes();
    };
    await client.start({ phoneNumber: MIRA, phoneCode, onError });
    expect(errors).toEqual([expect.stringContaining("PHONE_CODE_INVALID")]);
    expect(seen).toEqual([true, true]);
    expect(sandbox.world.chat(777_000).count).toBe(before + 1);
    expect([...sandbox.world.chat(777_000).messages()].at(-1)?.text).toMatch(/^Login code: 22222\. Do not give/);
    expect(Number((await client.getMe()).id)).toBe(mira?.id);
    expect(sandbox.world.devices("mira_halvorsen")).toHaveLength(2);
  });

  it("asks for another way until there is none", async () => {
    const sent = await client.sendCode(credentials(), MIRA, true);
    expect(sent.isCodeViaApp).toBe(false);
    const again = { phoneNumber: MIRA, phoneCodeHash: sent.phoneCodeHash };
    const called = await client.invoke(new Api.auth.ResendCode(again));
    expect(called).toMatchObject({ type: { className: "auth.SentCodeTypeCall", length: 5 }, nextType: null });
    await expect(client.invoke(new Api.auth.ResendCode(again))).rejects.toMatchObject({
      code: 406,
      errorMessage: "SEND_CODE_UNAVAILABLE",
    });
    await client.invoke(new Api.auth.SignIn({ ...again, phoneCode: "22222" }));
    expect(await client.isUserAuthorized()).toBe(true);
  });

  it("is told that a code has expired", async () => {
    const { phoneCodeHash } = await client.sendCode(credentials(), MIRA);
    sandbox.world.expireLogins();
    const signIn = new Api.auth.SignIn({ phoneNumber: MIRA, phoneCodeHash, phoneCode: "22222" });
    await expect(client.invoke(signIn)).rejects.toMatchObject({ code: 400, errorMessage: "PHONE_CODE_EXPIRED" });
  });

  it("with a password, after a wrong one, and is shown the hint", async () => {
    const tomas = sandbox.info.accounts[1];
    const hints: unknown[] = [];
    const passwords = answers("keelboat", tomas?.password ?? "");
    const password = (hint?: string) => {
      hints.push(hint);
      return passwords();
    };
    await client.start({ phoneNumber: TOMAS, phoneCode: answers(tomas?.code ?? ""), password, onError });
    expect(errors).toEqual([expect.stringContaining("PASSWORD_HASH_INVALID")]);
    expect(hints).toEqual(["Where we met", "Where we met"]);
    expect(Number((await client.getMe()).id)).toBe(tomas?.id);
  });

  it("with a number that nobody has, and becomes somebody", async () => {
    await client.start({
      phoneNumber: "+47 900 00 000",
      phoneCode: answers("22222"),
      firstAndLastNames: () => Promise.resolve(["Nils", "Holm"]),
      onError,
    });
    expect(errors).toEqual([]);
    const me = await client.getMe();
    expect(me).toMatchObject({ firstName: "Nils", lastName: "Holm", phone: "4790000000", self: true });
    expect(sandbox.world.accounts.at(-1)).toMatchObject({ id: Number(me.id), dcId: 2, code: "22222" });
  });

  it("starts again when the server asks for it", async () => {
    sandbox.faults.add({ method: "auth.sendCode", nth: 1, error: "AUTH_RESTART" });
    await client.start({ phoneNumber: MIRA, phoneCode: answers("22222"), onError });
    const asked = sandbox.log.filter(({ method }) => method === "auth.sendCode").map((entry) => entry.outcome);
    expect(asked).toEqual(["AUTH_RESTART", "ok"]);
  });
});
