import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { GZIP_PACKED_ID } from "../../src/sandbox/mtproto/gzip.js";
import { encode, type TlObject } from "../../src/sandbox/tl/codec.js";
import { TlWriter } from "../../src/sandbox/tl/writer.js";
import { initialising, keyOf, RawClient } from "./raw-client.js";
import { nearest, rawDesk } from "./raw-desk.js";

function packed(object: TlObject, compress: (bytes: Buffer) => Buffer): Buffer {
  const writer = new TlWriter();
  writer.uint32(GZIP_PACKED_ID);
  writer.bytes(compress(encode(object)));
  return writer.finish();
}

describe("a session", () => {
  const desk = rawDesk();

  it("is told the right salt before anything is executed, and once that it is new", async () => {
    const fresh = await RawClient.open(desk.sandbox.info, { key: keyOf(desk.sandbox.info) });
    const before = desk.sandbox.log.length;
    const refused = fresh.send(nearest);
    expect((await fresh.next("bad_server_salt")).object).toMatchObject({ bad_msg_id: refused, error_code: 48 });
    expect(desk.sandbox.log.length).toBe(before);
    const first = fresh.send(nearest);
    expect((await fresh.next("new_session_created")).object).toMatchObject({ first_msg_id: first });
    await fresh.next("result");
    fresh.send({ _: "ping", ...{ ping_id: 1n } });
    const ids = [await fresh.next("pong")].map(({ object }) => object._);
    expect(ids).toEqual(["pong"]);
    fresh.close();
  });

  it("executes a repeated message once and sends the same answer again", async () => {
    const before = desk.sandbox.log.length;
    const id = desk.client.send(nearest);
    const first = await desk.client.next("result");
    desk.client.send(nearest, id);
    const second = await desk.client.next("result");
    expect(second.messageId).toBe(first.messageId);
    expect(desk.sandbox.log.length).toBe(before + 1);
  });

  it("refuses message ids that are too old, too new or of the wrong kind", async () => {
    const code = async (id: bigint): Promise<unknown> => {
      desk.client.send(nearest, id);
      return (await desk.client.next("bad_msg_notification")).object["error_code"];
    };
    const now = desk.client.newId();
    expect(await code(now - (400n << 32n))).toBe(16);
    expect(await code(now + (60n << 32n))).toBe(17);
    expect(await code(now + 1n)).toBe(18);
  });

  it("opens containers, and answers each request in a packet of its own", async () => {
    const missing = { _: "contacts.resolveUsername", username: "nobody_is_called_this" };
    const ids = desk.client.sendContainer([nearest, missing, { _: "ping", ...{ ping_id: 9n } }, nearest]);
    const results = [
      await desk.client.next("result"),
      await desk.client.next("result"),
      await desk.client.next("result"),
    ];
    expect(results.map(({ object }) => object["id"])).toEqual([ids[0], ids[1], ids[3]]);
    expect(results[1]?.object["error"]).toBe("USERNAME_NOT_OCCUPIED");
    expect(new Set(results.map(({ packet }) => packet)).size).toBe(3);
    expect(results.some(({ inContainer }) => inContainer)).toBe(false);
  });

  it("unpacks gzip and zlib, outside and inside of wrappers", async () => {
    for (const compress of [gzipSync, deflateSync]) {
      const id = desk.client.send(packed(nearest, compress));
      expect((await desk.client.next("result")).object).toMatchObject({ id, value: { _: "nearestDc" } });
    }
    const layer = Buffer.from("0d0d9bdac6000000", "hex");
    const id = desk.client.send(Buffer.concat([layer, packed(nearest, gzipSync)]));
    expect((await desk.client.next("result")).object).toMatchObject({ id, value: { _: "nearestDc" } });
  });

  it("answers an unreadable packed object by an error", async () => {
    desk.client.send(packed(nearest, () => Buffer.from("this is not gzip")));
    await desk.client.closed();
  });

  it("takes wrappers off in any nesting and logs the innermost method", async () => {
    const begun = await desk.client.request({ _: "account.initTakeoutSession" });
    const { id: takeout_id } = begun["value"] as { id: bigint };
    const inner = {
      _: "invokeAfterMsg",
      msg_id: 1n,
      query: { _: "invokeWithTakeout", takeout_id, query: nearest },
    };
    await desk.client.request({ _: "invokeWithoutUpdates", ...{ query: inner } });
    expect(desk.sandbox.log.at(-1)).toMatchObject({
      method: "help.getNearestDc",
      wrappers: ["invokeWithoutUpdates", "invokeAfterMsg", "invokeWithTakeout"],
      outcome: "ok",
    });
  });

  it("names what it does not know and what it does not serve", async () => {
    desk.client.send(Buffer.from("efbeadde", "hex"));
    expect((await desk.client.next("result")).object["error"]).toBe("INPUT_METHOD_INVALID_3735928559");
    desk.client.send(encode({ _: "users.getUsers", ...{ id: [] } }).subarray(0, 8));
    expect((await desk.client.next("result")).object["error"]).toBe("INPUT_FETCH_ERROR");
    const unserved = await desk.client.request({ _: "smsjobs.getStatus" });
    expect(unserved).toMatchObject({ error: "SANDBOX_NOT_IMPLEMENTED" });
    expect(desk.sandbox.unserved.get("smsjobs.getStatus")).toBe(1);
  });

  it("serves pings, salts and questions about messages", async () => {
    const ping = desk.client.send({ _: "ping_delay_disconnect", ...{ ping_id: 5n, disconnect_delay: 60 } });
    expect((await desk.client.next("pong")).object).toMatchObject({ msg_id: ping, ping_id: 5n });
    const asked = desk.client.send({ _: "get_future_salts", ...{ num: 1 } });
    expect((await desk.client.next("future_salts")).object).toMatchObject({
      req_msg_id: asked,
      salts: [{ salt: desk.client.salt }],
    });
    const request = desk.client.send(nearest);
    const answer = await desk.client.next("result");
    desk.client.send({ _: "msgs_state_req", ...{ msg_ids: [request, request - 400n] } });
    expect((await desk.client.next("msgs_state_info")).object["info"]).toEqual(Buffer.from([4 | 64, 2]));
    desk.client.send({ _: "msg_resend_req", ...{ msg_ids: [answer.messageId] } });
    expect((await desk.client.next("result")).messageId).toBe(answer.messageId);
    desk.client.send({ _: "msgs_ack", ...{ msg_ids: [answer.messageId] } });
    desk.client.send({ _: "msg_resend_req", ...{ msg_ids: [answer.messageId] } });
    await desk.client.next("msgs_state_info");
    expect((await desk.client.request({ _: "rpc_drop_answer", ...{ req_msg_id: request } }))["value"]).toEqual({
      _: "rpc_answer_unknown",
    });
    desk.client.send({ _: "destroy_session", ...{ session_id: 77n } });
    await desk.client.next("destroy_session_none");
  });

  it("forgets a key that is destroyed", async () => {
    desk.client.send({ _: "destroy_auth_key" });
    await desk.client.next("destroy_auth_key_ok");
    const again = await RawClient.open(desk.sandbox.info, { key: keyOf(desk.sandbox.info) });
    again.send(initialising(nearest));
    expect((await again.payload()).readInt32LE()).toBe(-404);
  });

  it("gets updates of what another session does, unless it asked for none", async () => {
    const note = (random_id: bigint): TlObject => ({
      _: "messages.sendMessage",
      ...{ peer: { _: "inputPeerSelf" }, message: "a note", random_id },
    });
    const listening = await RawClient.loggedIn(desk.sandbox.info);
    await listening.request({ _: "updates.getState" });
    await desk.client.request(note(1n));
    expect(await listening.heardUntilPong()).toEqual(["updates", "pong"]);
    await listening.request({ _: "invokeWithoutUpdates", ...{ query: nearest } });
    await desk.client.request(note(2n));
    expect(await listening.heardUntilPong()).toEqual(["pong"]);
    listening.close();
  });

  it("says who asked for what, and for whom", async () => {
    const sent = await desk.client.request({
      _: "messages.sendMessage",
      ...{ peer: { _: "inputPeerSelf" }, message: "a note", random_id: -5n },
    });
    expect(sent["error"]).toBeUndefined();
    expect(desk.sandbox.log.at(-1)).toEqual({
      at: expect.any(Number) as number,
      connection: 1,
      session: BigInt.asUintN(64, desk.client.sessionId).toString(16).padStart(16, "0"),
      account: desk.sandbox.info.accounts[0]?.id,
      method: "messages.sendMessage",
      wrappers: [],
      outcome: "ok",
      randomId: "-5",
      peer: "self",
    });
  });
});
