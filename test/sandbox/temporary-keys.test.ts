import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { made } from "./login-desk.js";
import { idOf } from "./mtproto-v1.js";
import { initialising, keyOf, RawClient } from "./raw-client.js";
import { bind, temporary, type Spoilt } from "./temporary-keys.js";

const state = initialising({ _: "updates.getState" });

describe("a temporary key", () => {
  let sandbox: Sandbox;
  let permanent: Buffer;
  let other: Buffer;
  const open: RawClient[] = [];

  beforeEach(async () => {
    sandbox = await startSandbox();
    [permanent, other] = [keyOf(sandbox.info, 0), keyOf(sandbox.info, 1)];
  });

  afterEach(async () => {
    for (const client of open.splice(0)) client.close();
    await sandbox.close();
    expect(sandbox.problems).toEqual([]);
  });

  async function fresh(): Promise<RawClient> {
    const client = await temporary(sandbox.info);
    open.push(client);
    return client;
  }

  const outcome = async (client: RawClient): Promise<unknown> => (await client.request(state))["error"] ?? "ok";

  it("stands for the permanent one that it was bound to", async () => {
    const client = await fresh();
    expect(await outcome(client)).toBe("AUTH_KEY_PERM_EMPTY");
    expect(await bind(client, permanent)).toBe("ok");
    expect((await client.request({ _: "updates.getState" }))["error"]).toBe("CONNECTION_NOT_INITED");
    expect(await outcome(client)).toBe("ok");
    expect(sandbox.log.at(-1)).toMatchObject({ account: sandbox.info.accounts[0]?.id });
    expect(await bind(client, permanent)).toBe("ok");
    expect(await bind(client, other)).toBe("TEMP_AUTH_KEY_ALREADY_BOUND");
  });

  const wrong: Readonly<Record<string, Spoilt>> = {
    "another nonce": { inner: { nonce: 1n } },
    "another session": { inner: { temp_session_id: 1n } },
    "another temporary key": { inner: { temp_auth_key_id: 1n } },
    "another permanent key": { inner: { perm_auth_key_id: 1n } },
    "another end": { inner: { expires_at: 0x7fffffff } },
    "another message": { messageId: 4n },
    "a key that did not write it": { key: randomBytes(256) },
    "a permanent key that nobody has": { request: { perm_auth_key_id: 1n } },
    "bytes that are no message": { request: { encrypted_message: randomBytes(104) } },
    "too few bytes": { request: { encrypted_message: randomBytes(20) } },
  };
  it("is not bound by what does not hold together: ENCRYPTED_MESSAGE_INVALID", async () => {
    const client = await fresh();
    for (const [what, spoilt] of Object.entries(wrong)) {
      expect([what, await bind(client, permanent, spoilt)]).toEqual([what, "ENCRYPTED_MESSAGE_INVALID"]);
    }
    expect(await outcome(client)).toBe("AUTH_KEY_PERM_EMPTY");
    const temporaryToo = await fresh();
    expect(await bind(client, temporaryToo.key)).toBe("ENCRYPTED_MESSAGE_INVALID");
  });

  it("is not bound to the past, and a permanent one not at all", async () => {
    const client = await fresh();
    const past = { inner: { expires_at: 1 }, request: { expires_at: 1 } };
    expect(await bind(client, permanent, past)).toBe("EXPIRES_AT_INVALID");
    const lasting = await RawClient.loggedIn(sandbox.info);
    open.push(lasting);
    expect(await bind(lasting, other)).toBe("TEMP_AUTH_KEY_EMPTY");
  });

  it("is bound no longer when the permanent one drops it, unless it is excepted", async () => {
    const [kept, dropped, foreign] = [await fresh(), await fresh(), await fresh()];
    expect(await bind(kept, permanent)).toBe("ok");
    expect(await bind(dropped, permanent)).toBe("ok");
    expect(await bind(foreign, other)).toBe("ok");
    const owner = await RawClient.loggedIn(sandbox.info);
    open.push(owner);
    const dropping = made("auth.dropTempAuthKeys", { except_auth_keys: [idOf(kept.key)] });
    expect((await owner.request(dropping))["error"]).toBeUndefined();
    expect([await outcome(kept), await outcome(foreign)]).toEqual(["ok", "ok"]);
    expect(await outcome(dropped)).toBe("AUTH_KEY_PERM_EMPTY");
    expect(await bind(dropped, permanent)).toBe("ok");
    expect(await outcome(dropped)).toBe("ok");
  });
});
