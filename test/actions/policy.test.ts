import { describe, expect, test } from "vitest";
import { isGuardError, type Chat, type ChatRef } from "tg-guarded";
import { assertAllowed } from "../../src/actions/allowlist.js";
import { actionsSchema } from "../../src/actions/policy.js";

const SELF = 4242;
const channel: Chat = { id: -1001234567890, kind: "channel", title: "News", username: "TheNews" };
const group: Chat = { id: -4567, kind: "group", title: "Family" };
const person: Chat = { id: 777, kind: "user", title: "Ada", username: "ada_l" };
const self: Chat = { id: SELF, kind: "user", title: "Me", username: "myself" };

function allows(allow: readonly ChatRef[], target: Chat, selfId: number | "not known" = SELF): boolean {
  try {
    assertAllowed(actionsSchema.parse({ allow }), target, selfId === "not known" ? undefined : selfId);
    return true;
  } catch (error) {
    if (isGuardError(error, "not_allowed")) return false;
    throw error;
  }
}

describe("The allowlist", () => {
  test.each<[string, ChatRef, Chat]>([
    ["a channel by its -100 id", -1001234567890, channel],
    ["a channel by its -100 id as text", "-1001234567890", channel],
    ["a channel by its bare id", 1234567890, channel],
    ["a channel by its @name", "@thenews", channel],
    ["a channel by its name without the @", "THENEWS", channel],
    ["a group by its negative id", -4567, group],
    ["a group by its bare id", "4567", group],
    ["a person by id", 777, person],
    ["a person by @name", "@Ada_L", person],
    ["the account itself by me", "me", self],
    ["the account itself by id", SELF, self],
    ["the account itself by @name", "@myself", self],
  ])("lets %s in", (_, entry, target) => {
    expect(allows([entry], target)).toBe(true);
    expect(allows([-1, entry, "@somebody"], target)).toBe(true);
  });

  test.each<[string, ChatRef, Chat]>([
    ["another channel with a similar id", -1001234567891, channel],
    ["a chat whose title is a name on the list", "News", { ...channel, username: "other" }],
    ["a chat whose title is a name on the list, and which has no name", "Family", group],
    ["a chat whose title is an @name on the list", "@ada_l", { ...group, title: "@ada_l" }],
    ["a chat whose title is me", "me", { ...group, title: "me" }],
    ["a person called me", "me", { ...person, title: "me", username: "me_too" }],
    ["a chat that took a name with more letters", "@thenew", channel],
    ["a user with a group's id", -777, person],
    ["a chat of the same digits in its title", 777, { ...group, title: "777" }],
  ])("keeps %s out", (_, entry, target) => {
    expect(allows([entry], target)).toBe(false);
  });

  test("refuses what is not on it, and says which chat that was", () => {
    expect(() => {
      assertAllowed(actionsSchema.parse({ allow: ["@ada_l"] }), group, SELF);
    }).toThrow(expect.objectContaining({ code: "not_allowed", details: { chat: -4567 }, applied: "no" }) as Error);
  });

  test("lets nobody in as me while the account is not known", () => {
    expect(allows(["me"], self, "not known")).toBe(false);
  });

  test("must name at least one chat, by an id or a name and never by a title", () => {
    for (const allow of [[], ["Family chat"], [""], ["News!"], ["https://example.com"], [1.5], ["*"], ["@"], ["-"]]) {
      expect([allow, actionsSchema.safeParse({ allow }).success]).toEqual([allow, false]);
    }
  });
});

test("Without further options a policy is careful: codes with a minimum age, short messages, a day's memory", () => {
  expect(actionsSchema.parse({ allow: ["me"] })).toMatchObject({
    approver: { mode: "code", minAgeMs: 30_000, ttlMs: 1_800_000 },
    maxMessageLength: 2000,
    idempotencyWindowMs: 86_400_000,
    leaseMs: 30_000,
    replayWindowMs: 600_000,
  });
});
