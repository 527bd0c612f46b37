import { expect, it } from "vitest";
import { readEnv } from "../../src/env/read-env.js";

const ENV = { TG_API_ID: "1", TG_API_HASH: "hash", SESSION_NAME: "work" };

it("TG_RECEIVE_UPDATES turns the stream of updates on, and 0 or nothing leaves it off", () => {
  expect(readEnv(ENV).options.receiveUpdates).toBe(false);
  expect(readEnv({ ...ENV, TG_RECEIVE_UPDATES: "0" }).options.receiveUpdates).toBe(false);
  expect(readEnv({ ...ENV, TG_RECEIVE_UPDATES: "1" }).options.receiveUpdates).toBe(true);
  expect(readEnv({ ...ENV, TG_RECEIVE_UPDATES: "1" }, { receiveUpdates: false }).options.receiveUpdates).toBe(false);
  expect(() => readEnv({ ...ENV, TG_RECEIVE_UPDATES: "maybe" })).toThrow(
    expect.objectContaining({ code: "input_invalid", details: { path: "TG_RECEIVE_UPDATES" } }),
  );
});
