import { Api } from "telegram";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { gramJsClient } from "./gramjs-client.js";
import { ask, codeHash, MIRA, outcome, sendCode, stranger } from "./login-desk.js";
import { RawClient } from "./raw-client.js";

const DAY_MS = 86_400_000;

describe("the devices of an account", () => {
  let sandbox: Sandbox;
  let old: RawClient;
  let fresh: RawClient;
  let clock: number;

  /** Somebody is logged in for long (on the provisioned key of Mira), and logs in on a second device. */
  beforeEach(async () => {
    clock = Date.now();
    sandbox = await startSandbox({ now: () => clock });
    old = await RawClient.loggedIn(sandbox.info);
    fresh = await stranger(sandbox.info, 1);
    for (const client of [old, fresh]) client.clock = () => clock;
    expect(await logIn(fresh)).toBe("ok");
  });

  afterEach(async () => {
    for (const client of [old, fresh]) client.close();
    await sandbox.close();
    expect(sandbox.problems).toEqual([]);
  });

  async function logIn(client: RawClient): Promise<unknown> {
    const phone_code_hash = await codeHash(client, sandbox.info, MIRA);
    return outcome(client, "auth.signIn", { phone_number: MIRA, phone_code_hash, phone_code: "22222" });
  }

  const now = (): number => Math.floor(clock / 1000);

  const listed = async (client: RawClient) => {
    const { value } = await ask(client, "account.getAuthorizations");
    return value["authorizations"] as readonly {
      hash: bigint;
      current?: boolean;
      device_model: string;
      api_id: number;
    }[];
  };

  it("hear of the code and of the new login", async () => {
    const code = (await old.next("updates")).object["updates"] as { _: string; message?: { message: string } }[];
    expect(code[0]).toMatchObject({ _: "updateNewMessage" });
    expect(code[0]?.message?.message).toContain("Login code: 22222");
    const [login] = (await old.next("updates")).object["updates"] as readonly Record<string, unknown>[];
    const hash = sandbox.world.devices("mira_halvorsen").map((device) => device.hash);
    expect(login).toMatchObject({ _: "updateNewAuthorization", unconfirmed: true, device: "test, 1" });
    expect(hash).toContain(login?.["hash"]);
  });

  it("are listed with what they told, the asking one first", async () => {
    const client = gramJsClient(sandbox.info, sandbox.info.accounts[0]?.session);
    await client.connect();
    const { authorizations } = await client.invoke(new Api.account.GetAuthorizations());
    await client.destroy();
    expect(authorizations.map(({ current, apiId }) => [current, apiId])).toEqual([
      [true, sandbox.info.apiId],
      [false, 1],
    ]);
    expect(String(authorizations[0]?.hash)).toBe("0");
    expect(await listed(fresh)).toMatchObject([
      { current: true, device_model: "test", date_created: now() },
      { api_id: sandbox.info.apiId },
    ]);
  });

  it("throw one another out, once they are a day old", async () => {
    const [, other] = await listed(fresh);
    const hash = other?.hash;
    expect(await outcome(fresh, "account.resetAuthorization", { hash })).toBe("FRESH_RESET_AUTHORISATION_FORBIDDEN");
    expect(await outcome(fresh, "auth.resetAuthorizations")).toBe("FRESH_RESET_AUTHORISATION_FORBIDDEN");
    clock += DAY_MS;
    expect(await outcome(fresh, "account.resetAuthorization", { hash: 5n })).toBe("HASH_INVALID");
    expect(await outcome(fresh, "account.resetAuthorization", { hash })).toBe("ok");
    expect(await outcome(old, "updates.getState")).toBe("SESSION_REVOKED");
    expect(await outcome(old, "help.getConfig")).toBe("ok");
    expect(await listed(fresh)).toHaveLength(1);
  });

  it("are all thrown out but the one that asks", async () => {
    expect(await outcome(old, "auth.resetAuthorizations")).toBe("ok");
    expect(await outcome(fresh, "updates.getState")).toBe("SESSION_REVOKED");
    expect(await outcome(old, "updates.getState")).toBe("ok");
    expect(await logIn(fresh)).toBe("ok");
    expect(await outcome(fresh, "updates.getState")).toBe("ok");
  });

  it("log out, and may come back without a code, once", async () => {
    const { value } = await ask(fresh, "auth.logOut");
    const logout_tokens = [value["future_auth_token"]];
    expect(await outcome(fresh, "updates.getState")).toBe("AUTH_KEY_UNREGISTERED");
    expect(await outcome(fresh, "auth.logOut")).toBe("AUTH_KEY_UNREGISTERED");
    expect(sandbox.world.devices("mira_halvorsen")).toHaveLength(1);
    const again = sendCode(sandbox.info, MIRA, { logout_tokens });
    expect((await ask(fresh, "auth.sendCode", again)).value["_"]).toBe("auth.sentCodeSuccess");
    expect(await outcome(fresh, "updates.getState")).toBe("ok");
    expect((await ask(fresh, "auth.sendCode", again)).value["_"]).toBe("auth.sentCode");
  });

  it("are thrown out from elsewhere, one or all", async () => {
    const [newest] = sandbox.world.devices("mira_halvorsen").filter(({ createdAt }) => createdAt >= now());
    sandbox.world.revoke("mira_halvorsen", newest?.hash);
    expect(await outcome(old, "updates.getState")).toBe("ok");
    expect(await outcome(fresh, "updates.getState")).toBe("SESSION_REVOKED");
    sandbox.world.revoke("mira_halvorsen");
    expect(await outcome(old, "updates.getState")).toBe("SESSION_REVOKED");
    expect(() => {
      sandbox.world.revoke("mira_halvorsen", 5n);
    }).toThrow("no device 5");
  });

  it("end with the account", async () => {
    sandbox.world.deactivate("mira_halvorsen");
    for (const client of [old, fresh]) expect(await outcome(client, "updates.getState")).toBe("USER_DEACTIVATED");
  });

  it("end with the account when it is banned, and no code is sent there any more", async () => {
    sandbox.world.deactivate("mira_halvorsen", { banned: true });
    for (const client of [old, fresh]) expect(await outcome(client, "updates.getState")).toBe("USER_DEACTIVATED_BAN");
    expect(await outcome(fresh, "auth.sendCode", sendCode(sandbox.info, MIRA))).toBe("PHONE_NUMBER_BANNED");
  });

  it("lose a key that was seen at two addresses", async () => {
    sandbox.world.duplicateKeys("mira_halvorsen");
    for (const client of [old, fresh]) {
      expect(await outcome(client, "updates.getState")).toBe("AUTH_KEY_DUPLICATED");
      expect(await outcome(client, "help.getConfig")).toBe("AUTH_KEY_DUPLICATED");
    }
    expect(sandbox.world.devices("mira_halvorsen")).toEqual([]);
  });
});
