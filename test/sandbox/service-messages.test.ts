import { describe, expect, it } from "vitest";
import type * as Tl from "../../src/sandbox/tl/types.js";
import { made } from "./login-desk.js";
import { initialising, keyOf, RawClient } from "./raw-client.js";
import { nearest, rawDesk } from "./raw-desk.js";

describe("messages of the protocol itself", () => {
  const desk = rawDesk();

  /** A second session on the same key, which has spoken. */
  async function beside(sessionId?: bigint): Promise<RawClient> {
    const other = await RawClient.open(desk.sandbox.info, { key: keyOf(desk.sandbox.info) });
    other.salt = desk.client.salt;
    if (sessionId !== undefined) other.sessionId = sessionId;
    return other;
  }

  it("end another session, but not the one they came in: destroy_session", async () => {
    const destroy = async (session_id: bigint): Promise<unknown> => {
      desk.client.send(made("destroy_session", { session_id }));
      return (await desk.client.nextOf(["destroy_session_ok", "destroy_session_none"])).object;
    };
    const other = await beside();
    await other.request(nearest);
    const session_id = other.sessionId;
    expect(await destroy(session_id)).toEqual({ _: "destroy_session_ok", session_id });
    expect(await destroy(session_id)).toEqual({ _: "destroy_session_none", session_id });
    expect(await destroy(desk.client.sessionId)).toMatchObject({ _: "destroy_session_none" });
    expect((await desk.client.request(nearest))["error"]).toBeUndefined();
    other.close();
  });

  it("end a key for all of its connections: destroy_auth_key", async () => {
    const other = await beside();
    desk.client.send(made("destroy_auth_key"));
    expect((await desk.client.next("destroy_auth_key_ok")).object).toEqual({ _: "destroy_auth_key_ok" });
    for (const one of [desk.client, other]) {
      one.send(nearest);
      expect((await one.payload()).readInt32LE()).toBe(-404);
      await one.closed();
    }
    expect(desk.sandbox.world.devices(desk.sandbox.info.accounts[0]?.id ?? 0)).toEqual([]);
  });

  it("mean nothing where HTTP is not spoken: http_wait", async () => {
    const waiting = made("http_wait", { max_delay: 500, wait_after: 150, max_wait: 25_000 });
    desk.client.send(waiting);
    const [, asked] = desk.client.sendContainer([waiting, nearest]);
    expect((await desk.client.nextOf(["result", "bad_msg_notification"])).object["id"]).toBe(asked);
    expect(await desk.client.heardUntilPong()).toEqual(["pong"]);
  });

  it("tell at most 64 salts that are to come: get_future_salts", async () => {
    const told = async (num: number): Promise<Pick<Tl.future_salts, "salts" | "now">> => {
      const req_msg_id = desk.client.send(made("get_future_salts", { num }));
      const { object } = await desk.client.next("future_salts");
      expect(object["req_msg_id"]).toBe(req_msg_id);
      return { salts: object["salts"] as Tl.future_salt[], now: object["now"] as number };
    };
    expect((await told(1000)).salts).toHaveLength(64);
    const { salts, now } = await told(2);
    expect(salts.map(({ salt }) => salt)[0]).toBe(desk.client.salt);
    expect(salts.every(({ valid_since, valid_until }) => valid_since < valid_until && valid_until > now)).toBe(true);
    for (const none of [0, -1, -0x80000000]) expect((await told(none)).salts).toEqual([]);
  });

  it("describe to a client that comes back what it has not acknowledged: msg_new_detailed_info", async () => {
    const listening = await beside();
    await listening.request(initialising({ _: "updates.getState" }));
    await desk.client.request(
      made("messages.sendMessage", { peer: { _: "inputPeerSelf" }, message: "x", random_id: 1n }),
    );
    const update = await listening.next("updates");
    const { sessionId } = listening;
    await listening.ended();

    const again = await beside(sessionId);
    again.send(made("ping", { ping_id: 1n }), again.newId() + (1n << 32n), 1000);
    const described: unknown[] = [];
    for (let one = await again.nextOf(["msg_new_detailed_info", "pong"]); one.object._ !== "pong";) {
      described.push(one.object["answer_msg_id"]);
      expect(one.object).toMatchObject({ status: 0 });
      expect(one.object["bytes"]).toBeGreaterThan(8);
      one = await again.nextOf(["msg_new_detailed_info", "pong"]);
    }
    expect(described).toContain(update.messageId);
    again.send(made("msg_resend_req", { msg_ids: [update.messageId] }));
    expect(await again.next("updates")).toEqual({ ...update, packet: expect.any(Number) as number });
    again.send(made("msgs_ack", { msg_ids: described }));
    await again.heardUntilPong();
    await again.ended();

    const last = await beside(sessionId);
    last.send(made("ping", { ping_id: 1n }), last.newId() + (2n << 32n), 2000);
    expect((await last.nextOf(["msg_new_detailed_info", "pong"])).object._).toBe("pong");
    last.close();
  });
});
