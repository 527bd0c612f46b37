import { describe, expect, it } from "vitest";
import { provisionKey } from "../../src/sandbox/mtproto/auth-key.js";
import { MessageIds } from "../../src/sandbox/mtproto/message-ids.js";
import { Session } from "../../src/sandbox/mtproto/session.js";
import { afterOthers } from "../../src/sandbox/rpc/after-others.js";
import { RpcError } from "../../src/sandbox/rpc/handler.js";
import { Timers } from "../../src/sandbox/timers.js";
import type { TlObject } from "../../src/sandbox/tl/codec.js";
import { ask, made } from "./login-desk.js";
import { initialising, introducing, RawClient, keyOf } from "./raw-client.js";
import { nearest, rawDesk } from "./raw-desk.js";

const failing = made("contacts.resolveUsername", { username: "nobody_is_called_this" });

describe("a request in wrappers", () => {
  const desk = rawDesk({ messages: 300 });

  const outcome = async (request: TlObject): Promise<unknown> => (await desk.client.request(request))["error"] ?? "ok";
  const after = (msg_id: bigint, query: TlObject): TlObject => made("invokeAfterMsg", { msg_id, query });

  it("follows another one, and fails with it", async () => {
    const good = desk.client.send(nearest);
    const bad = desk.client.send(failing);
    expect(await outcome(after(good, nearest))).toBe("ok");
    expect(await outcome(after(bad, nearest))).toBe("MSG_WAIT_FAILED");
    const both = made("invokeAfterMsgs", { msg_ids: [good, bad], query: nearest });
    expect(await outcome(both)).toBe("MSG_WAIT_FAILED");
  });

  it("waits for one that comes later", async () => {
    const first = desk.client.newId();
    const second = desk.client.send(after(first, nearest), desk.client.newId(), 1001);
    desk.client.send(nearest, first, 999);
    const answered = [(await desk.client.next("result")).object["id"], (await desk.client.next("result")).object["id"]];
    expect(answered).toEqual([first, second]);
    expect(desk.sandbox.log.slice(-2).map(({ wrappers }) => wrappers.length)).toEqual([0, 1]);
  });

  it("does not wait without end: MSG_WAIT_TIMEOUT", () => {
    const timers: (() => void)[] = [];
    const after = (delayMs: number, run: () => void): (() => void) => {
      expect(delayMs).toBe(5000);
      timers.push(run);
      return () => undefined;
    };
    const session = new Session(1n, provisionKey(2), new MessageIds(Date.now), new Timers());
    const outcomes: unknown[] = [];
    const waiting = { session, messageId: desk.client.newId() + 8n };
    afterOthers(waiting, [waiting.messageId - 4n], { after }, (error) => outcomes.push(error));
    afterOthers(waiting, [waiting.messageId - 4n], { after }, (error) => outcomes.push(error));
    expect(outcomes).toEqual([]);
    timers[0]?.();
    expect(outcomes).toEqual([new RpcError(500, "MSG_WAIT_TIMEOUT")]);
    session.received.admit(waiting.messageId - 4n);
    session.settle(waiting.messageId - 4n, "done");
    expect(outcomes).toEqual([new RpcError(500, "MSG_WAIT_TIMEOUT"), undefined]);
    expect(session.waiting.size).toBe(0);
  });

  it("does not wait for what was lost long ago", async () => {
    expect(await outcome(after(4n, nearest))).toBe("ok");
    expect(await outcome(after(desk.client.newId() + (1n << 34n), nearest))).toBe("ok");
  });

  it("may introduce the client within or around anything", async () => {
    const plain = (): Promise<RawClient> => RawClient.open(desk.sandbox.info, { key: keyOf(desk.sandbox.info) });
    const introduced = introducing(nearest);
    const forms: TlObject[] = [
      initialising(nearest),
      made("invokeWithoutUpdates", { query: initialising(nearest) }),
      made("invokeWithLayer", { layer: 198, query: made("invokeWithoutUpdates", { query: introduced }) }),
      introducing(made("invokeWithLayer", { layer: 198, query: nearest })),
    ];
    for (const form of forms) {
      const fresh = await plain();
      fresh.salt = desk.client.salt;
      expect((await fresh.request(form))["error"]).toBeUndefined();
      fresh.close();
    }
  });

  it("is refused where the introduction tells nothing", async () => {
    const wrong = (fields: object): TlObject =>
      made("invokeWithLayer", { layer: 198, query: { ...introducing(nearest), ...fields } });
    expect(await outcome(wrong({ api_id: 0 }))).toBe("CONNECTION_API_ID_INVALID");
    expect(await outcome(wrong({ device_model: "" }))).toBe("CONNECTION_DEVICE_MODEL_EMPTY");
    expect(await outcome(wrong({ system_version: "" }))).toBe("CONNECTION_SYSTEM_EMPTY");
    expect(await outcome(wrong({ app_version: "" }))).toBe("CONNECTION_APP_VERSION_EMPTY");
    expect(await outcome(made("invokeWithLayer", { layer: 0, query: nearest }))).toBe("CONNECTION_LAYER_INVALID");
    const business = made("invokeWithBusinessConnection", { connection_id: "x", query: nearest });
    expect(await outcome(business)).toBe("BUSINESS_CONNECTION_INVALID");
  });

  it("passes through wrappers that mean nothing here", async () => {
    const secrets = { nonce: "a", secret: "b" };
    expect(await outcome(made("invokeWithApnsSecret", { ...secrets, query: nearest }))).toBe("ok");
    const integrity = { nonce: "a", token: "b", query: nearest };
    expect(await outcome(made("invokeWithGooglePlayIntegrity", integrity))).toBe("ok");
  });

  it("sees messages of a range alone", async () => {
    const resolved = await ask(desk.client, "contacts.resolveUsername", { username: "generated" });
    const [chat] = resolved.value["chats"] as readonly { id: bigint; access_hash: bigint }[];
    const peer = { _: "inputPeerChannel", channel_id: chat?.id, access_hash: chat?.access_hash };
    const none = { offset_id: 0, offset_date: 0, add_offset: 0, limit: 100, max_id: 0, min_id: 0, hash: 0n };
    const query = made("messages.getHistory", { peer, ...none });
    const range = { _: "messageRange", min_id: 50, max_id: 60 };
    const { value } = await ask(desk.client, "invokeWithMessagesRange", { range, query });
    const ids = (value["messages"] as readonly { id: number }[]).map(({ id }) => id);
    expect([Math.max(...ids), Math.min(...ids)]).toEqual([60, 50]);
  });
});
