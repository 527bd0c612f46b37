import { describe, expect, it } from "vitest";
import { isGuardError } from "tg-guarded";
import { readEnv } from "../../src/env/read-env.js";

const ACCOUNT = { TG_API_ID: "1", TG_API_HASH: "hash", SESSION_NAME: "work", TG_DATA_DIR: "/data" };
const limitsOf = (env: Readonly<Record<string, string>>) => readEnv({ ...ACCOUNT, ...env }).options.limits;
const refusal = (env: Readonly<Record<string, string>>): string => {
  try {
    limitsOf(env);
    return "accepted";
  } catch (error) {
    return isGuardError(error) ? `${error.code}: ${error.message}` : String(error);
  }
};

describe("the TG_ variables", () => {
  it("set every limit that the original knows", () => {
    expect(
      limitsOf({
        RATE_RPS: "2.5",
        TG_GLOBAL_RPS_MODE: "local",
        RETRY_MAX_ATTEMPTS: "5",
        MAX_DM_PER_DAY: "7",
        MAX_JOINS_PER_DAY: "8",
        MAX_GROUP_MSGS_PER_DAY: "9",
        MAX_GROUPS: "150",
        TG_FLOOD_CIRCUIT_THRESHOLD_SEC: "0",
        TG_FLOOD_CIRCUIT_COOLDOWN_SEC: "60",
        SMART_PAUSE_PARTICIPANTS: "1000",
        SMART_PAUSE_DM_BATCH: "5",
        TG_QUOTA_TIME_ZONE: "Europe/Oslo",
      }),
    ).toEqual({
      perSecond: 2.5,
      mode: "local",
      retryAttempts: 5,
      directMessages: 7,
      joins: 8,
      groupMessages: 9,
      maxGroups: 150,
      floodThresholdMs: 0,
      cooldownMs: 60_000,
      pauses: { everyParticipants: 1000, everyDirectMessages: 5 },
      timeZone: "Europe/Oslo",
    });
  });

  it("count as absent when they are empty, and give way to what the program says", () => {
    expect(limitsOf({ RATE_RPS: " " })).toEqual({ pauses: {} });
    const { options } = readEnv({ ...ACCOUNT, RATE_RPS: "2", MAX_DM_PER_DAY: "5" }, { limits: { perSecond: 1 } });
    expect(options.limits).toMatchObject({ perSecond: 1, directMessages: 5 });
  });

  it("say by their own name what is wrong with them", () => {
    expect(refusal({ RATE_RPS: "fast" })).toBe('input_invalid: RATE_RPS must be a number, not "fast".');
    expect(refusal({ TG_GLOBAL_RPS_MODE: "some" })).toContain("TG_GLOBAL_RPS_MODE must be one of shared, local, off");
  });

  it("name the store", async () => {
    const open = (url: string) => readEnv({ ...ACCOUNT, TG_STATE_URL: url }).openStore();
    await expect(open("postgres://x")).rejects.toMatchObject({ code: "input_invalid" });
    await expect(open("redis://127.0.0.1:1")).rejects.toMatchObject({ code: "store_unavailable" });
    const store = await open("memory:");
    await store.close();
  });
});
