import { describe, expect, test } from "vitest";
import { isGuardError, memoryStore, type Chat, type ChatRef } from "tg-guarded";
import { Allowlist } from "../../src/actions/allowlist.js";
import { actionsSchema } from "../../src/actions/policy.js";

const SELF = 4242;
const channel: Chat = { id: -1001234567890, kind: "channel", title: "News", username: "TheNews" };
const group: Chat = { id: -4567, kind: "group", title: "Family" };
const person: Chat = { id: 777, kind: "user", title: "Ada", username: "ada_l" };
const self: Chat = { id: SELF, kind: "user", title: "Me", username: "myself" };

const listOf = (allow: readonly ChatRef[], store = memoryStore()): Allowlist =>
  new Allowlist(actionsSchema.parse({ allow }), store, "account");

async function allows(list: Allowlist, target: Chat, selfId: number | "not known" = SELF): Promise<boolean> {
  try {
    await list.assertHolds(target, selfId === "not known" ? undefined : selfId);
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
  ])("lets %s in", async (_, entry, target) => {
    expect(await allows(listOf([entry]), target)).toBe(true);
    expect(await allows(listOf([-1, entry, "@somebody"]), target)).toBe(true);
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
  ])("keeps %s out", async (_, entry, target) => {
    expect(await allows(listOf([entry]), target)).toBe(false);
  });

  test("refuses what is not on it, and says which chat that was", async () => {
    const refusal = { code: "not_allowed", details: { chat: -4567 }, applied: "no" };
    await expect(listOf(["@ada_l"]).assertHolds(group, SELF)).rejects.toMatchObject(refusal);
  });

  test("lets nobody in as me while the account is not known", async () => {
    expect(await allows(listOf(["me"]), self, "not known")).toBe(false);
  });

  describe("a name on it", () => {
    const stranger: Chat = { id: 666, kind: "user", title: "Ada", username: "ada_l" };

    test("means whom it meant first: whoever takes the name over is refused, and reported, in every process", async () => {
      const store = memoryStore();
      expect(await allows(listOf(["@ada_l"], store), person)).toBe(true);
      await expect(listOf(["@ADA_L"], store).assertHolds(stranger, SELF)).rejects.toMatchObject({
        code: "name_moved",
        details: { name: "ada_l", was: 777, is: 666 },
        applied: "no",
      });
    });

    test("goes with the chat that is called otherwise now", async () => {
      const store = memoryStore();
      expect(await allows(listOf(["@ada_l"], store), person)).toBe(true);
      expect(await allows(listOf(["@ada_l"], store), { ...person, username: "ada_lovelace" })).toBe(true);
      const { id, kind, title } = person;
      expect(await allows(listOf(["@ada_l"], store), { id, kind, title })).toBe(true);
    });

    test("means nobody before its bearer was met", async () => {
      const store = memoryStore();
      expect(await allows(listOf(["@ada_l"], store), group)).toBe(false);
      expect(await allows(listOf(["@ada_l"], store), person)).toBe(true);
    });

    test("may be given to somebody else by a person who allows his id", async () => {
      const store = memoryStore();
      expect(await allows(listOf(["@ada_l"], store), person)).toBe(true);
      expect(await allows(listOf(["@ada_l", 666], store), stranger)).toBe(true);
      expect(await allows(listOf([666, "@ada_l"], store), stranger)).toBe(true);
    });
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
