import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { rsaHashed, rsaPad, shake } from "./handshake-client.js";
import { initialising } from "./raw-client.js";

describe("the handshake", () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ world: { generated: { messages: 10, participants: 3 } } });
  });
  afterAll(() => sandbox.close());

  const names = ["p_q_inner_data", "p_q_inner_data_dc", "p_q_inner_data_temp", "p_q_inner_data_temp_dc"] as const;
  for (const inner of names) {
    it(`takes ${inner} padded and in the old form, and the key works with its first salt`, async () => {
      for (const pad of [rsaPad, rsaHashed]) {
        const { client, answer } = await shake(sandbox.info, {
          inner,
          pad,
          ask: pad === rsaPad ? "req_pq_multi" : "req_pq",
        });
        expect(answer._).toBe("dh_gen_ok");
        const result = await client.request(initialising({ _: "help.getConfig" }));
        expect(result["value"]).toMatchObject({ _: "config", this_dc: 2 });
        client.close();
      }
    });
  }

  it("refuses inner data for another data centre by -444, whatever it says about test and media ones", async () => {
    for (const inner of ["p_q_inner_data_dc", "p_q_inner_data_temp_dc"] as const) {
      for (const dc of [2, -2, 10_002, -10_002]) {
        const { client, answer } = await shake(sandbox.info, { inner, pad: rsaPad, spoil: { dc } });
        expect(answer._).toBe("dh_gen_ok");
        client.close();
      }
      for (const dc of [1, 3, 0, -4, 10_005, 0x7fffffff]) {
        const refused = shake(sandbox.info, { inner, pad: rsaPad, spoil: { dc } });
        await expect(refused).rejects.toThrow("the transport's error -444");
      }
    }
  });

  it("refuses inner data of another exchange", async () => {
    const spoil = { server_nonce: randomBytes(16) };
    await expect(shake(sandbox.info, { inner: "p_q_inner_data", pad: rsaPad, spoil })).rejects.toThrow();
    await expect(shake(sandbox.info, { inner: "p_q_inner_data", pad: rsaHashed, spoil })).rejects.toThrow();
  });

  it("answers dh_gen_fail to a half that is out of range", async () => {
    const { answer } = await shake(sandbox.info, { inner: "p_q_inner_data", pad: rsaPad, clientHalf: Buffer.of(1) });
    expect(answer._).toBe("dh_gen_fail");
  });

  it("lets a key without an account ask only what needs none", async () => {
    const { client } = await shake(sandbox.info, { inner: "p_q_inner_data_dc", pad: rsaPad });
    expect((await client.request({ _: "help.getNearestDc" }))["error"]).toBe("CONNECTION_NOT_INITED");
    expect((await client.request(initialising({ _: "updates.getState" })))["error"]).toBe("AUTH_KEY_UNREGISTERED");
    client.close();
  });

  it("lets a temporary key ask little until it is bound, and ends it in time", async () => {
    const { client } = await shake(sandbox.info, { inner: "p_q_inner_data_temp_dc", pad: rsaPad });
    expect((await client.request(initialising({ _: "updates.getState" })))["error"]).toBe("AUTH_KEY_PERM_EMPTY");
    const bind = { perm_auth_key_id: 1n, nonce: 1n, encrypted_message: randomBytes(104) };
    const until = (expires_at: number) => client.request({ _: "auth.bindTempAuthKey", ...{ ...bind, expires_at } });
    expect((await until(1))["error"]).toBe("EXPIRES_AT_INVALID");
    expect((await until(0x7fffffff))["error"]).toBe("ENCRYPTED_MESSAGE_INVALID");
    client.close();
    const spoil = { expires_in: 0 };
    const { client: late } = await shake(sandbox.info, { inner: "p_q_inner_data_temp", pad: rsaPad, spoil });
    late.send({ _: "help.getNearestDc" });
    expect((await late.payload()).readInt32LE()).toBe(-404);
    const { client: lasting } = await shake(sandbox.info, { inner: "p_q_inner_data_dc", pad: rsaPad });
    const asked = initialising({ _: "auth.bindTempAuthKey", ...{ ...bind, expires_at: 0x7fffffff } });
    expect((await lasting.request(asked))["error"]).toBe("TEMP_AUTH_KEY_EMPTY");
    lasting.close();
  });
});
