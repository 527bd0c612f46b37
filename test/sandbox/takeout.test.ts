import { describe, expect, it } from "vitest";
import { nearest, rawDesk } from "./raw-desk.js";

describe("an export by Telegram's own way", () => {
  const desk = rawDesk();

  const within = (takeout_id: bigint, query: { readonly _: string }) =>
    desk.client.request({ _: "invokeWithTakeout", ...{ takeout_id, query } });

  it("begins, carries requests and ends", async () => {
    const options = { message_megagroups: true, files: true, file_max_size: 1_000_000n };
    const begun = await desk.client.request({ _: "account.initTakeoutSession", ...options });
    const { id } = begun["value"] as { id: bigint };
    expect((await within(id, nearest))["value"]).toMatchObject({ _: "nearestDc" });
    expect((await within(id + 1n, nearest))["error"]).toBe("TAKEOUT_INVALID");
    const finish = { _: "account.finishTakeoutSession", success: true };
    expect((await desk.client.request(finish))["value"]).toMatchObject({
      error_code: 403,
      error_message: "TAKEOUT_REQUIRED",
    });
    expect((await within(id, finish))["error"]).toBeUndefined();
    expect((await within(id, nearest))["error"]).toBe("TAKEOUT_INVALID");
  });

  it("says what it answers inside an export only", async () => {
    for (const request of [
      { _: "messages.getSplitRanges" },
      { _: "contacts.getSaved" },
      { _: "channels.getLeftChannels", offset: 0 },
    ]) {
      expect((await desk.client.request(request))["error"]).toBe("TAKEOUT_REQUIRED");
    }
  });

  it("can be made to wait", async () => {
    desk.sandbox.faults.set([{ method: "account.initTakeoutSession", nth: 1, error: "TAKEOUT_INIT_DELAY_30" }]);
    const refused = await desk.client.request({ _: "account.initTakeoutSession" });
    expect(refused["value"]).toMatchObject({ error_code: 420, error_message: "TAKEOUT_INIT_DELAY_30" });
    expect((await desk.client.request({ _: "account.initTakeoutSession" }))["value"]).toMatchObject({
      _: "account.takeout",
    });
  });

  it("tells connected clients what happens, and that they missed too much", async () => {
    await desk.client.request({ _: "updates.getState" });
    const from = desk.sandbox.world.chat("@generated").byId(1)?.fromId ?? 0;
    const id = desk.sandbox.world.post("@generated", { from, text: "live" });
    desk.sandbox.world.edit("@generated", id, "edited");
    desk.sandbox.world.delete("@generated", [id]);
    desk.sandbox.world.loseUpdates();
    expect(await desk.client.heardUntilPong()).toEqual(["updates", "updates", "updates", "updatesTooLong", "pong"]);
  });
});
