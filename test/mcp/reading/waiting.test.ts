import { describe, expect, it } from "vitest";
import { itemsOf, LAB, readingDesk } from "./reading-desk.js";

const FAMILY = "Family 🏡";
const KENTA = { from: "@kenta_nakamura" };
const textsOf = (answer: Readonly<Record<string, unknown>>): readonly unknown[] =>
  itemsOf(answer, "messages").map(({ text }) => text);

describe("tg_wait_for_messages", () => {
  it("answers with none when the time is over, and goes on from there without a gap", async () => {
    await using desk = await readingDesk({ receiveUpdates: true });
    const heard: number[] = [];
    const ask = { name: "tg_wait_for_messages", arguments: { groups: [LAB], timeout_seconds: 1 } };
    const answer = await desk.host.callTool(ask, undefined, { onprogress: ({ progress }) => heard.push(progress) });
    const none = answer.structuredContent as Readonly<Record<string, unknown>>;
    expect(none).toMatchObject({ count: 0, messages: [] });
    expect(heard[0]).toBe(0);
    for (const text of ["one", "two", "three"]) desk.sandbox.world.post(LAB, { ...KENTA, text });
    const { cursor } = none;
    const first = await desk.call("tg_wait_for_messages", { groups: [LAB], max_messages: 2, cursor });
    expect(textsOf(first)).toEqual(["one", "two"]);
    expect(itemsOf(first, "messages")[0]).toMatchObject({ chat_id: desk.sandbox.world.chat(LAB).id });
    const rest = { groups: [LAB], max_messages: 1, cursor: first["cursor"] };
    expect(textsOf(await desk.call("tg_wait_for_messages", rest))).toEqual(["three"]);
  });

  it("answers soon after the first message, of all chats where none is named", async () => {
    await using desk = await readingDesk({ receiveUpdates: true });
    let { cursor } = await desk.call("tg_wait_for_messages", { timeout_seconds: 1 });
    desk.sandbox.world.post(LAB, { ...KENTA, text: "in the lab" });
    desk.sandbox.world.post(FAMILY, { from: "@liv_paints", text: "at home" });
    const heard: unknown[] = [];
    // Each comes by itself where the machine is slow.
    while (heard.length < 2) {
      const answer = await desk.call("tg_wait_for_messages", { timeout_seconds: 300, cursor });
      expect(itemsOf(answer, "messages")).not.toEqual([]);
      expect(answer["untrusted"]).toMatchObject({ fields: ["messages[].text"] });
      heard.push(...textsOf(answer));
      ({ cursor } = answer);
    }
    expect(heard.sort()).toEqual(["at home", "in the lab"]);
  });

  it("leaves what has no room for the next call", async () => {
    await using desk = await readingDesk({ receiveUpdates: true, roomChars: 2000 });
    const { cursor } = await desk.call("tg_wait_for_messages", { groups: [LAB], timeout_seconds: 1 });
    for (const text of ["one", "two"]) desk.sandbox.world.post(LAB, { ...KENTA, text });
    const first = await desk.call("tg_wait_for_messages", { groups: [LAB], cursor });
    const second = await desk.call("tg_wait_for_messages", { groups: [LAB], cursor: first["cursor"] });
    expect([textsOf(first), textsOf(second)]).toEqual([["one"], ["two"]]);
  });

  it("ends when the host gives up, and leaves no watch behind", async () => {
    await using desk = await readingDesk({ receiveUpdates: true });
    const stop = new AbortController();
    const ask = { name: "tg_wait_for_messages", arguments: { groups: [LAB], timeout_seconds: 300 } };
    const options = {
      signal: stop.signal,
      onprogress: () => {
        stop.abort(new Error("given up"));
      },
    };
    await expect(desk.host.callTool(ask, undefined, options)).rejects.toThrow("given up");
    expect(await desk.call("tg_wait_for_messages", { groups: [LAB], timeout_seconds: 1 })).toMatchObject({ count: 0 });
  });

  it("says which variable is missing", async () => {
    await using desk = await readingDesk();
    expect(await desk.call("tg_wait_for_messages", { timeout_seconds: 1 })).toMatchObject({
      success: false,
      code: "input_invalid",
      next_step: expect.stringContaining("TG_RECEIVE_UPDATES=1") as string,
    });
  });

  it("refuses a cursor that is none, or not known any more", async () => {
    await using desk = await readingDesk({ receiveUpdates: true });
    for (const cursor of ["kept:0123456789abcdef", "bm90aGluZw", "a b"]) {
      expect(await desk.call("tg_wait_for_messages", { cursor })).toMatchObject({ code: "input_invalid" });
    }
    expect(await desk.call("tg_wait_for_messages", { groups: ["@nobody_is_called_so"] })).toMatchObject({
      code: "chat_not_found",
    });
  });

  it("hears nothing of chats that may not be read", async () => {
    await using desk = await readingDesk({ receiveUpdates: true, read: { allow: [FAMILY_ID] } });
    const { cursor } = await desk.call("tg_wait_for_messages", { timeout_seconds: 1 });
    desk.sandbox.world.post(LAB, { ...KENTA, text: "in the lab" });
    desk.sandbox.world.post(FAMILY, { from: "@liv_paints", text: "at home" });
    expect(textsOf(await desk.call("tg_wait_for_messages", { cursor }))).toEqual(["at home"]);
    expect(await desk.call("tg_wait_for_messages", { groups: [LAB] })).toMatchObject({ code: "not_allowed" });
  });
});

/** Of the demo world. */
const FAMILY_ID = -4_210_300;
