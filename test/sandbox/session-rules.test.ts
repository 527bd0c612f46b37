import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { packContainer } from "../../src/sandbox/mtproto/container.js";
import { GZIP_PACKED_ID } from "../../src/sandbox/mtproto/gzip.js";
import { encode, type TlObject } from "../../src/sandbox/tl/codec.js";
import { TlWriter } from "../../src/sandbox/tl/writer.js";
import { keyOf, RawClient, type TransportName } from "./raw-client.js";
import { nearest } from "./raw-desk.js";

const made = (_: string, fields: object): TlObject => ({ _, ...fields });
const HALF_AN_HOUR = 1_800_000;

/** So many zeros, packed. */
function bomb(bytes: number): Buffer {
  const writer = new TlWriter();
  writer.uint32(GZIP_PACKED_ID);
  writer.bytes(gzipSync(Buffer.alloc(bytes)));
  return writer.finish();
}

describe("the rules of a session", () => {
  let sandbox: Sandbox;
  let client: RawClient;
  let now: number;

  beforeEach(async () => {
    now = Date.now();
    sandbox = await startSandbox({ world: { generated: { messages: 10, participants: 3 } }, now: () => now });
    client = await RawClient.loggedIn(sandbox.info);
    client.clock = () => now;
  });

  afterEach(async () => {
    client.close();
    await sandbox.close();
    expect(sandbox.problems).toEqual([]);
  });

  const refusal = async (): Promise<unknown> => (await client.next("bad_msg_notification")).object["error_code"];

  describe("about numbers of messages", () => {
    it("go up with the ids: 32 and 33", async () => {
      const [first, second] = [client.newId(), client.newId()];
      const third = client.newId();
      client.send(nearest, second, 101);
      await client.next("result");
      client.send(nearest, third, 101);
      expect(await refusal()).toBe(32);
      client.send(nearest, third, 99);
      expect(await refusal()).toBe(32);
      client.send(nearest, first, 103);
      expect(await refusal()).toBe(33);
      client.send(nearest, first, 99);
      expect((await client.next("result")).object["id"]).toBe(first);
    });

    it("are odd for requests and even for containers: 34 and 35", async () => {
      client.send(nearest, client.newId(), 200);
      expect(await refusal()).toBe(35);
      const inner = { messageId: client.newId(), seqno: 201, body: encode(nearest) };
      client.send(packContainer([inner]), client.newId(), 203);
      expect(await refusal()).toBe(34);
      client.send(made("ping", { ping_id: 1n }), client.newId(), 204);
      await client.next("pong");
    });

    it("begin anew when a client has to correct its clock", async () => {
      client.send(nearest, client.newId(), 301);
      await client.next("result");
      client.clock = () => now + 60_000;
      client.send(nearest, client.newId(), 303);
      expect(await refusal()).toBe(17);
      client.clock = () => now - 20_000;
      const earlier = client.send(nearest, client.newId(), 305);
      expect((await client.next("result")).object["id"]).toBe(earlier);
    });
  });

  describe("about containers", () => {
    it("give each an id of its own: 19", async () => {
      const id = client.newId() + (1n << 32n);
      client.sendContainer([nearest], id);
      await client.next("result");
      client.sendContainer([nearest], id);
      expect(await refusal()).toBe(19);
    });

    it("let none hold another, nor a message of a later id: 64", async () => {
      client.sendContainer([packContainer([{ messageId: client.newId(), seqno: 1, body: encode(nearest) }])]);
      expect(await refusal()).toBe(64);
      const id = client.newId();
      client.sendContainer([nearest], id);
      expect(await refusal()).toBe(64);
    });

    it("forget the oldest messages, and say so: 20", async () => {
      const old = client.newId();
      const ping = made("ping", { ping_id: 1n });
      for (let sent = 0; sent < 4200; sent += 700) client.sendContainer(Array.from({ length: 700 }, () => ping));
      for (let heard = 0; heard < 4200; heard++) await client.next("pong");
      client.send(nearest, old);
      expect(await refusal()).toBe(20);
    });

    it("keep packed objects from growing without end", async () => {
      client.sendContainer(Array.from({ length: 100 }, () => bomb(4_000_000)));
      await client.closed();
    });
  });

  describe("about salts", () => {
    it("tell the coming ones, which hold one after the other", async () => {
      client.send(made("get_future_salts", { num: 3 }));
      const told = (await client.next("future_salts")).object["salts"] as readonly {
        readonly valid_since: number;
        readonly valid_until: number;
        readonly salt: bigint;
      }[];
      expect(told.map(({ valid_since }) => valid_since - (told[0]?.valid_since ?? 0))).toEqual([0, 1800, 3600]);
      expect(told.every(({ valid_since, valid_until }) => valid_until - valid_since === 3600)).toBe(true);
      const [first, second] = told.map(({ salt }) => salt);
      expect(first).toBe(client.salt);
      now += HALF_AN_HOUR;
      expect((await client.request(nearest))["error"]).toBeUndefined();
      expect(client.salt).toBe(first);
      now += HALF_AN_HOUR - 10_000;
      client.salt = second ?? 0n;
      expect((await client.request(nearest))["error"]).toBeUndefined();
      client.salt = first ?? 0n;
      now += HALF_AN_HOUR;
      client.send(nearest);
      expect((await client.next("bad_server_salt")).object["new_server_salt"]).not.toBe(first);
    });

    it("are not taken before their time", async () => {
      client.send(made("get_future_salts", { num: 64 }));
      const { object } = await client.next("future_salts");
      const told = object["salts"] as readonly { readonly salt: bigint }[];
      expect(told).toHaveLength(64);
      client.salt = told[5]?.salt ?? 0n;
      client.send(nearest);
      await client.next("bad_server_salt");
    });
  });

  describe("about answers", () => {
    it("repeat short ones and describe long ones: msg_detailed_info", async () => {
      const part = made("upload.saveFilePart", { file_id: 7n, file_part: 0, bytes: Buffer.alloc(200_000) });
      await client.request(part);
      const file = { _: "inputFile", id: 7n, parts: 1, name: "a.bin", md5_checksum: "" };
      const media = { _: "inputMediaUploadedDocument", file, mime_type: "a/b", attributes: [] };
      const sending = { peer: { _: "inputPeerSelf" }, media, message: "", random_id: 1n };
      const sent = (await client.request(made("messages.sendMedia", sending)))["value"] as { updates: never[] };
      const updates = sent.updates as readonly { message?: { media?: { document: Record<string, unknown> } } }[];
      const document = updates.find(({ message }) => message)?.message?.media?.document;
      const { id, access_hash, file_reference } = document ?? {};
      const location = { _: "inputDocumentFileLocation", id, access_hash, file_reference, thumb_size: "" };
      const request = client.send(made("upload.getFile", { location, offset: 0n, limit: 131_072 }));
      const answer = await client.next("result");
      client.send(made("upload.getFile", { location, offset: 0n, limit: 131_072 }), request);
      const described = (await client.next("msg_detailed_info")).object;
      expect(described).toMatchObject({ msg_id: request, answer_msg_id: answer.messageId, status: 0 });
      expect(described["bytes"]).toBeGreaterThan(131_072);
      client.send(made("msg_resend_req", { msg_ids: [answer.messageId] }));
      expect((await client.next("result")).messageId).toBe(answer.messageId);
    });

    it("follow a client that comes back with its session", async () => {
      sandbox.faults.set([{ method: "help.getNearestDc", nth: 1, drop: "after" }]);
      const id = client.send(nearest);
      await client.closed();
      const again = await RawClient.open(sandbox.info, { key: keyOf(sandbox.info) });
      again.clock = () => now;
      again.salt = client.salt;
      again.sessionId = client.sessionId;
      again.send(made("ping", { ping_id: 1n }), again.newId() + 4000n);
      expect((await again.next("result")).object["id"]).toBe(id);
      again.close();
    });

    it("are taken back before they leave: rpc_drop_answer", async () => {
      sandbox.faults.set([{ method: "help.getNearestDc", nth: 1, delayMs: 50 }]);
      const slow = client.send(nearest);
      client.send(made("msgs_state_req", { msg_ids: [slow, slow + (1n << 40n)] }));
      expect((await client.next("msgs_state_info")).object["info"]).toEqual(Buffer.from([4 | 32, 3]));
      const dropped = await client.request(made("rpc_drop_answer", { req_msg_id: slow }));
      expect(dropped["value"]).toEqual({ _: "rpc_answer_dropped_running" });
      const quick = client.send(nearest);
      const answer = await client.next("result");
      expect(answer.object["id"]).toBe(quick);
      const late = await client.request(made("rpc_drop_answer", { req_msg_id: quick }));
      expect(late["value"]).toMatchObject({ _: "rpc_answer_dropped", msg_id: answer.messageId });
      client.send(made("msgs_state_req", { msg_ids: [quick] }));
      expect((await client.next("msgs_state_info")).object["info"]).toEqual(Buffer.from([4 | 64 | 8]));
    });
  });

  it("end a connection that was not asked to stay: ping_delay_disconnect", async () => {
    client.send(made("ping_delay_disconnect", { ping_id: 1n, disconnect_delay: 0 }));
    await client.next("pong");
    await client.closed();
    const patient = await RawClient.loggedIn(sandbox.info);
    patient.clock = () => now;
    patient.send(made("ping_delay_disconnect", { ping_id: 1n, disconnect_delay: 0x7fffffff }));
    expect((await patient.request(nearest))["error"]).toBeUndefined();
    patient.close();
  });

  it("keep sessions apart, however many there are", async () => {
    const other = await RawClient.loggedIn(sandbox.info);
    other.clock = () => now;
    other.send(made("destroy_session", { session_id: client.sessionId }));
    await other.next("destroy_session_ok");
    client.send(nearest);
    await client.next("new_session_created");
    await client.next("result");
    for (let session = 0; session < 200; session++) {
      other.sessionId = BigInt(session);
      other.send(made("ping", { ping_id: 1n }));
      await other.next("pong");
    }
    other.close();
  });

  const quick: readonly TransportName[] = ["abridged", "intermediate", "padded"];
  for (const transport of quick) {
    it(`acknowledge a packet at once where the ${transport} transport asks for it`, async () => {
      for (const obfuscated of [false, true]) {
        const asking = await RawClient.open(sandbox.info, { transport, obfuscated, key: keyOf(sandbox.info) });
        asking.clock = () => now;
        asking.salt = client.salt;
        asking.writeWantingAck(asking.sealed(made("ping", { ping_id: 5n })));
        await asking.next("pong");
        expect(asking.quickAcks).toHaveLength(1);
        asking.close();
      }
    });
  }

  it("tell by a transport error of four bytes, padded or not, that a key is unknown", async () => {
    const stray = await RawClient.open(sandbox.info, { transport: "padded", key: Buffer.alloc(256, 3) });
    stray.send(nearest);
    expect((await stray.payload()).toString("hex")).toBe("6cfeffff");
    stray.close();
  });
});
