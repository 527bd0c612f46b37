import fc from "fast-check";
import { Api, type TelegramClient } from "telegram";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { loginToken } from "../../src/sandbox/login/login-url.js";
import { gramJsClient } from "./gramjs-client.js";
import { ask, atHome, outcome, stranger } from "./login-desk.js";
import type { RawClient } from "./raw-client.js";

const urlOf = (token: Uint8Array): string => `tg://login?token=${Buffer.from(token).toString("base64url")}`;

describe("a login by QR code", () => {
  let sandbox: Sandbox;
  let clock: number;
  const ends: (() => unknown)[] = [];
  const raw = (client: RawClient): RawClient => {
    client.clock = () => clock;
    ends.push(() => {
      client.close();
    });
    return client;
  };

  beforeEach(async () => {
    clock = Date.now();
    sandbox = await startSandbox({ dcs: 3, now: () => clock });
  });

  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
    await sandbox.close();
    expect(sandbox.problems).toEqual([]);
  });

  const gramJs = async (session = ""): Promise<TelegramClient> => {
    const client = gramJsClient(sandbox.info, session);
    ends.push(() => client.destroy());
    await client.connect();
    return client;
  };
  const wanted = (except_ids: readonly bigint[] = []) => {
    const { apiId: api_id, apiHash: api_hash } = sandbox.info;
    return { api_id, api_hash, except_ids };
  };
  const newToken = async (client: RawClient, except?: readonly bigint[]): Promise<Uint8Array> =>
    (await ask(client, "auth.exportLoginToken", wanted(except))).value["token"] as Uint8Array;

  it("is agreed to by another client of the account", async () => {
    const phone = await gramJs(sandbox.info.accounts[0]?.session);
    const client = await gramJs();
    const { apiId, apiHash } = sandbox.info;
    let agreed: Api.Authorization | undefined;
    const user = await client.signInUserWithQrCode(
      { apiId, apiHash },
      {
        qrCode: async ({ token }) => {
          agreed = await phone.invoke(new Api.auth.AcceptLoginToken({ token }));
        },
        onError: (error) => {
          throw error;
        },
      },
    );
    expect(Number(user.id)).toBe(sandbox.info.accounts[0]?.id);
    expect(await client.isUserAuthorized()).toBe(true);
    const [own] = sandbox.world.devices("mira_halvorsen").filter(({ hash }) => String(hash) === String(agreed?.hash));
    expect(own?.about.apiId).toBe(apiId);
  });

  it("goes on at the data centre of the account, and asks for its password", async () => {
    const client = await gramJs();
    const { apiId, apiHash } = sandbox.info;
    const user = await client.signInUserWithQrCode(
      { apiId, apiHash },
      {
        qrCode: ({ token }) => {
          sandbox.world.acceptQr(urlOf(token), "9996625678");
          return Promise.resolve();
        },
        password: () => Promise.resolve("lighthouse"),
        onError: (error) => {
          throw error;
        },
      },
    );
    expect(Number(user.id)).toBe(sandbox.info.accounts[1]?.id);
    expect(client.session.dcId).toBe(3);
    const steps = sandbox.log.filter(({ method }) => method.startsWith("auth.")).map((entry) => entry.outcome);
    expect(steps).toEqual(["ok", "ok", "SESSION_PASSWORD_NEEDED", "ok"]);
  });

  it("is heard of by the client that waits, and by it alone", async () => {
    const [waiting, phone] = [raw(await stranger(sandbox.info)), raw(await atHome(sandbox.info, 1))];
    const token = await newToken(waiting);
    const accepted = await ask(phone, "auth.acceptLoginToken", { token });
    expect(accepted.value).toMatchObject({ _: "authorization", password_pending: true, device_model: "test" });
    expect((await waiting.next("updateShort")).object).toMatchObject({ update: { _: "updateLoginToken" } });
    expect(await phone.heardUntilPong()).not.toContain("updateShort");
    const next = await ask(waiting, "auth.exportLoginToken", wanted());
    expect(next.value).toMatchObject({ _: "auth.loginTokenMigrateTo", dc_id: 3 });
  });

  it("fails with what nobody has shown, or has shown too long ago", async () => {
    const [waiting, phone] = [raw(await stranger(sandbox.info)), raw(await atHome(sandbox.info, 1))];
    const accept = (token: Uint8Array) => outcome(phone, "auth.acceptLoginToken", { token });
    const importIt = (token: Uint8Array) => outcome(waiting, "auth.importLoginToken", { token });
    expect(await accept(Buffer.alloc(32))).toBe("AUTH_TOKEN_INVALID");
    expect(await importIt(Buffer.alloc(32))).toBe("AUTH_TOKEN_INVALID");
    const { value } = await ask(waiting, "auth.exportLoginToken", wanted());
    expect(value["expires"]).toBe(Math.floor((clock + 30_000) / 1000));
    clock += 29_999;
    expect(await importIt(value["token"] as Uint8Array)).toBe("AUTH_TOKEN_INVALID");
    clock += 1;
    expect(await accept(value["token"] as Uint8Array)).toBe("AUTH_TOKEN_EXPIRED");
    expect(await importIt(value["token"] as Uint8Array)).toBe("AUTH_TOKEN_EXPIRED");
    const shown = await newToken(waiting);
    sandbox.world.expireLogins();
    expect(() => {
      sandbox.world.acceptQr(shown, "mira_halvorsen");
    }).toThrow("AUTH_TOKEN_EXPIRED");
  });

  it("works once, and not for an account that is there already", async () => {
    const [waiting, phone] = [raw(await stranger(sandbox.info)), raw(await atHome(sandbox.info, 1))];
    const tomas = BigInt(sandbox.info.accounts[1]?.id ?? 0);
    const excepted = await newToken(waiting, [tomas]);
    expect(await outcome(phone, "auth.acceptLoginToken", { token: excepted })).toBe("AUTH_TOKEN_EXCEPTION");
    const token = await newToken(waiting);
    sandbox.world.acceptQr(token, "mira_halvorsen");
    expect(await outcome(phone, "auth.acceptLoginToken", { token })).toBe("AUTH_TOKEN_ALREADY_ACCEPTED");
    const done = await ask(waiting, "auth.exportLoginToken", wanted());
    expect(done.value).toMatchObject({ _: "auth.loginTokenSuccess", authorization: { _: "auth.authorization" } });
    expect(await outcome(waiting, "auth.importLoginToken", { token })).toBe("AUTH_TOKEN_ALREADY_ACCEPTED");
    expect(await outcome(waiting, "updates.getState")).toBe("ok");
  });
});

describe("the text of a QR code", () => {
  it("holds the token, with and without its address", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (bytes) => {
        const token = Buffer.from(bytes);
        expect(loginToken(urlOf(bytes))).toEqual(token);
        expect(loginToken(token.toString("base64"))).toEqual(token);
      }),
    );
  });

  it("is refused when it is something else", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^[\w+/-]+={0,2}$/.test(text));
        expect(() => loginToken(text)).toThrow("no login token");
        expect(() => loginToken(`tg://login?token=${text}`)).toThrow("no login token");
      }),
    );
  });
});
