import { describe, expect, test } from "vitest";
import { memoryStore } from "tg-guarded";
import { compose } from "../../src/chain.js";
import { GuardError } from "../../src/errors.js";
import { quota, quotaReader } from "../../src/guards/quota.js";
import { callOf, connectionLost, outcomeOf, script } from "../support/calls.js";
import { guarded, telegramError, writeOf } from "../support/guarded.js";

const dm = { quota: "dm" } as const;
const quick = { perSecond: 0, pauses: { everyDirectMessages: 0 } };

describe("The quota of a day", () => {
  test("lets twenty direct messages through over all processes, and refuses the twenty-first before anything is sent", async () => {
    const { process, sent, heard, clock } = guarded();
    const chains = [process(quick), process(quick), process(quick)];
    for (let count = 0; count < 20; count++) await chains[count % 3]?.(writeOf(dm));
    const refused = chains[0]?.(writeOf(dm));
    await expect(refused).rejects.toMatchObject({
      code: "quota_exceeded",
      applied: "no",
      details: { method: "messages.sendMessage", quota: "dm", limit: 20, left: 0 },
    });
    expect(sent).toHaveLength(20);
    expect(heard).toEqual([{ name: "refused", event: { method: "messages.sendMessage", code: "quota_exceeded" } }]);
    const error: unknown = await refused?.catch((thrown: unknown) => thrown);
    const midnight = 86_400_000 - (clock.now() % 86_400_000);
    expect(error instanceof GuardError && error.details).toMatchObject({ retryAfterMs: midnight });
    await clock.advance(midnight);
    expect(await chains[1]?.(writeOf(dm))).toBe("answer");
  });

  test("counts each kind by itself, and what costs nothing not at all", async () => {
    const { process, store } = guarded();
    const chain = process({ ...quick, quotas: { directMessages: 2, joins: 1, groupMessages: 3 } });
    const left = quotaReader({ store, quotas: { directMessages: 2, joins: 1, groupMessages: 3 } });
    for (let count = 0; count < 5; count++) await chain(writeOf());
    await chain(writeOf(dm));
    await chain(writeOf({ quota: "group_msg", units: 3 }));
    await chain(writeOf({ quota: "join" }));
    const kinds = ["dm", "group_msg", "join"] as const;
    expect(await Promise.all(kinds.map((kind) => left("1", kind)))).toEqual([1, 0, 0]);
    expect(await left("2", "dm")).toBe(2);
    await expect(chain(writeOf({ quota: "join" }))).rejects.toMatchObject({ code: "quota_exceeded" });
    await expect(chain(writeOf({ ...dm, units: 2 }))).rejects.toMatchObject({ details: { left: 1 } });
  });

  test("costs a call its units once, however often it is tried", async () => {
    const { process, store, clock, sent } = guarded((_, nth) => {
      if (nth < 4) throw connectionLost("unknown");
      return "answer";
    });
    const result = outcomeOf(process(quick)(writeOf(dm)));
    await clock.advance(60_000);
    expect([result.state(), sent.length]).toEqual(["done", 4]);
    expect(await quotaReader({ store })("1", "dm")).toBe(19);
  });

  test("gets back what was surely not applied, and keeps what may have been", async () => {
    const errors = [telegramError("CHAT_WRITE_FORBIDDEN"), connectionLost("unknown"), new Error("other"), "answer"];
    const lefts: number[] = [];
    for (const error of errors) {
      const { process, store } = guarded(() => {
        if (error instanceof Error) throw error;
        return error;
      });
      await process({ ...quick, retryAttempts: 0 })(writeOf(dm)).catch(() => undefined);
      lefts.push(await quotaReader({ store })("1", "dm"));
    }
    expect(lefts).toEqual([20, 19, 19, 19]);
  });

  test("is given back nothing by a call whose earlier attempt may have been applied", async () => {
    const { process, store, clock } = guarded((_, nth) => {
      throw nth === 1 ? connectionLost("unknown") : telegramError("CHAT_WRITE_FORBIDDEN");
    });
    const result = outcomeOf(process(quick)(writeOf(dm)));
    await clock.advance(60_000);
    expect(result.error()).toMatchObject({ applied: "unknown" });
    expect(await quotaReader({ store })("1", "dm")).toBe(19);
  });

  test("counts an action that is resumed after a crash once, and gives back nothing of it", async () => {
    const { process, store } = guarded((_, nth) => {
      if (nth === 1) throw new Error("killed");
      throw telegramError("CHAT_WRITE_FORBIDDEN");
    });
    const chain = process(quick);
    await expect(chain(writeOf({ ...dm, reservation: "a:1:0" }))).rejects.toThrow("killed");
    const resumed = chain(writeOf({ ...dm, reservation: "a:1:0", attempt: 2 }));
    await expect(resumed).rejects.toMatchObject({ code: "telegram_error", applied: "unknown" });
    expect(await quotaReader({ store })("1", "dm")).toBe(19);
    await expect(chain(writeOf({ ...dm, reservation: "a:2:0" }))).rejects.toThrow();
    expect(await quotaReader({ store })("1", "dm")).toBe(19);
  });

  test("gives back nothing of a resumed action by itself, without a guard that tells it of the doubt", async () => {
    const store = memoryStore();
    const chain = compose([quota({ store })], script(telegramError("CHAT_WRITE_FORBIDDEN")));
    const lefts: number[] = [];
    for (const attempt of [2, 1]) {
      await expect(chain(writeOf({ ...dm, attempt }))).rejects.toMatchObject({ applied: "no" });
      lefts.push(await quotaReader({ store })("1", "dm"));
    }
    expect(lefts).toEqual([19, 19]);
  });

  test("does not count what a later guard refused", async () => {
    const { process, store } = guarded();
    const call = writeOf({ ...dm, deadline: 0 });
    await expect(process()(call)).rejects.toMatchObject({ code: "rate_limited" });
    expect(await quotaReader({ store })("1", "dm")).toBe(20);
  });

  test("ends at midnight in its time zone", async () => {
    const { process, clock } = guarded();
    clock.set(Date.parse("2025-03-29T22:30:00Z"));
    const chain = process({ ...quick, quotas: { directMessages: 1, timeZone: "Europe/Oslo" } });
    await chain(writeOf(dm));
    await expect(chain(writeOf(dm))).rejects.toMatchObject({ details: { retryAfterMs: 1_800_000 } });
    await clock.advance(1_800_000);
    await chain(writeOf(dm));
    // The night in which clocks go forward: 23 hours.
    await expect(chain(writeOf(dm))).rejects.toMatchObject({ details: { retryAfterMs: 23 * 3_600_000 } });
  });

  test("of 0 lets nothing through", async () => {
    const { process, sent } = guarded();
    const chain = process({ ...quick, quotas: { directMessages: 0 } });
    await expect(chain(writeOf(dm))).rejects.toMatchObject({ code: "quota_exceeded", details: { limit: 0 } });
    expect(sent).toEqual([]);
  });

  test("costs a read without a quota no look at the store", async () => {
    const { process, store } = guarded();
    const keys: string[] = [];
    const counted: typeof store = {
      ...store,
      update: (key, ...rest) => {
        keys.push(key);
        return store.update(key, ...rest);
      },
    };
    await process({ store: counted })(callOf());
    expect(keys).toEqual(["admission:1"]);
  });
});
