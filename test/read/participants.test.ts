import { describe, expect, it } from "vitest";
import type { Participant } from "tg-guarded";
import { all, openReader } from "./reader.js";

const GENERATED = { world: { generated: { messages: 10, participants: 1000 } } };
const idsOf = (people: readonly { readonly id: number }[]): number[] =>
  people.map(({ id }) => id).sort((a, b) => a - b);

describe("Reading participants", () => {
  it("lists every member once, five requests for a thousand, and no empty page more", async () => {
    await using reader = await openReader(GENERATED);
    const { read, sandbox } = reader;
    await read.resolve("@generated");
    let found: Participant[] = [];
    const methods = await reader.methodsOf(async () => {
      found = await all(read.participants("@generated", { includeBots: true }));
    });
    const members = [...sandbox.world.chat("@generated").members()];
    expect(idsOf(found)).toEqual(members.map(({ userId }) => userId).sort((a, b) => a - b));
    expect(methods).toEqual(Array<string>(5).fill("channels.getParticipants"));
    for (const { userId, role, since, invitedBy } of members) {
      const person = found.find(({ id }) => id === userId);
      expect(person?.role).toBe(role);
      if (role !== "creator") expect(person?.joinedDate).toBe(new Date(since * 1000).toISOString());
      if (person?.isSelf) expect(person.invitedBy).toBe(invitedBy);
    }
  });

  it("goes on from a cursor after a page and in the middle of one", async () => {
    await using reader = await openReader(GENERATED);
    const { read } = reader;
    const whole = await all(read.participants("@generated"));
    for (const limit of [200, 317]) {
      const first = read.participants("@generated", { limit });
      const start = await all(first);
      const rest = await all(read.participants("@generated", { cursor: first.cursor ?? "" }));
      expect([...start, ...rest].map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
    }
  });

  it("leaves bots out unless they are asked for", async () => {
    await using reader = await openReader();
    const { read } = reader;
    const people = await all(read.participants("@tidewater_lab"));
    expect(people.some(({ isBot }) => isBot)).toBe(false);
    expect(people.map(({ firstName }) => firstName)).toContain("健太");
    const bots = await all(read.bots("@tidewater_lab"));
    expect(bots.map(({ username }) => username)).toEqual(["tidewater_build_bot"]);
    expect(await all(read.participants("@tidewater_lab", { includeBots: true }))).toHaveLength(people.length + 1);
  });

  it("tells roles, titles, rights and restrictions", async () => {
    await using reader = await openReader();
    const { read } = reader;
    const admins = await all(read.admins("@harbour_council"));
    const wilma = admins.find(({ firstName }) => firstName === "Wilma");
    expect(wilma).toMatchObject({ role: "admin", rank: "Keeper of keys 🗝", status: "lastMonth" });
    expect(wilma?.adminRights).toMatchObject({ canDelete: true, canBan: true, canPin: false });
    expect(admins.find(({ role }) => role === "creator")?.rank).toBe("Chair");
    const restricted = await all(read.participants("@harbour_council", { filter: "banned" }));
    expect(restricted.map(({ role }) => role)).toEqual(["restricted", "restricted"]);
    expect(restricted.filter(({ bannedUntil }) => bannedUntil !== undefined)).toHaveLength(1);
    const kicked = await all(read.participants("@harbour_council", { filter: "kicked" }));
    expect(kicked.map(({ role }) => role)).toEqual(["banned", "banned"]);
  });

  it("tells when people were last there", async () => {
    await using reader = await openReader();
    const family = await all(reader.read.participants("Family 🏡"));
    const by = (name: string) => family.find(({ firstName }) => firstName === name);
    expect(by("Mamma")).toMatchObject({ status: "offline", lastSeen: new Date(1_750_050_000_000).toISOString() });
    expect(by("Einar")?.status).toBe("lastWeek");
    expect(by("Tomás")?.status).toBe("recently");
  });

  it("reads and searches a basic group with one request", async () => {
    await using reader = await openReader();
    const { read, sandbox } = reader;
    await read.resolve("Family 🏡");
    const methods = await reader.methodsOf(async () => {
      const found = await all(read.participants("Family 🏡"));
      expect(idsOf(found)).toEqual(
        [...sandbox.world.chat("Family 🏡").members()].map(({ userId }) => userId).sort((a, b) => a - b),
      );
      expect(found.find(({ role }) => role === "creator")?.firstName).toBe("Mamma");
    });
    expect(methods).toEqual(["messages.getFullChat"]);
    expect((await all(read.searchParticipants("Family 🏡", "liv"))).map(({ username }) => username)).toEqual([
      "liv_paints",
    ]);
  });

  it("searches a supergroup by name", async () => {
    await using reader = await openReader();
    const found = await all(reader.read.searchParticipants("@tidewater_lab", "pri"));
    expect(found.map(({ username }) => username)).toEqual(["priya_raman"]);
  });

  it("refuses a private chat", async () => {
    await using reader = await openReader();
    await expect(all(reader.read.participants("Priya Raman"))).rejects.toMatchObject({
      code: "input_invalid",
      details: { path: "chat" },
    });
  });
});
