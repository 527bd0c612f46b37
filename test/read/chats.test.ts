import { describe, expect, it } from "vitest";
import { all, openClient, openReader } from "./reader.js";

describe("Reading about chats and people", () => {
  it("tells about a supergroup, a channel, a group, a person and a bot with one request each", async () => {
    await using reader = await openReader();
    const { read } = reader;
    const known = ["@tidewater_lab", "@harbour_gazette", "Family 🏡", "@liv_paints", "@tide_tables_bot"];
    for (const chat of known) await read.resolve(chat);
    const methods = await reader.methodsOf(async () => {
      expect(await read.groupInfo("@tidewater_lab")).toMatchObject({
        kind: "supergroup",
        title: "Tidewater Lab",
        username: "tidewater_lab",
        participantsCount: 9,
        about: "Buoys that measure the harbour. Logbook: https://tidewater.example",
        isForum: false,
        isVerified: false,
        canViewParticipants: true,
      });
      expect(await read.groupInfo("@harbour_gazette")).toMatchObject({ kind: "channel", isVerified: true });
      expect(await read.groupInfo("Family 🏡")).toMatchObject({ kind: "group", participantsCount: 5 });
      expect(await read.groupInfo("@liv_paints")).toMatchObject({
        kind: "user",
        title: "Liv Halvorsen 🌻",
        phone: "4791234503",
        isPremium: true,
      });
      expect(await read.groupInfo("@tide_tables_bot")).toMatchObject({ isBot: true, isVerified: true });
    });
    expect(methods).toHaveLength(5);
  });

  it("takes a title for a dialog's, whoever else bears it and passes by", async () => {
    await using reader = await openReader({
      world: (world) => {
        const lina = world.user({ firstName: "Lina", account: true });
        const friend = world.user({ firstName: "Anna", lastName: "Schmidt" });
        const namesake = world.user({ firstName: "Anna", lastName: "Schmidt" });
        const stranger = world.user({ firstName: "Otto", lastName: "Weiss" });
        world.privateChat(lina, friend).post("Noon?");
        world.supergroup({ title: "Boats", username: "boats", creator: lina, members: [namesake, stranger] });
      },
    });
    const { read } = reader;
    await all(read.dialogs());
    const { id } = await read.resolve("Anna Schmidt");
    expect(await all(read.participants("@boats"))).toHaveLength(3);
    expect((await read.resolve("Anna Schmidt")).id).toBe(id);
    await expect(read.resolve("Otto Weiss")).rejects.toMatchObject({ code: "chat_not_found" });
  });

  it("resolves what a name means, with one request more than to find it", async () => {
    await using reader = await openReader();
    const { read } = reader;
    const first = await reader.methodsOf(async () => {
      expect(await read.resolve("@jonas_lq")).toMatchObject({
        kind: "user",
        firstName: "Jonas",
        lastName: "Lindqvist",
        title: "Jonas Lindqvist",
        isBot: false,
      });
    });
    expect(first).toEqual(["contacts.resolveUsername", "users.getUsers"]);
    const again = await reader.methodsOf(() => read.resolve("@jonas_lq"));
    expect(again).toEqual(["users.getUsers"]);
    expect(await read.resolve("@tidewater_lab")).toMatchObject({ kind: "supergroup", isVerified: false });
    await expect(read.resolve("@nobody_at_all")).rejects.toMatchObject({ code: "chat_not_found" });
  });

  it("finds a person by id, and does not take a group for one", async () => {
    await using reader = await openReader();
    const { read } = reader;
    const { id } = await read.resolve("@jonas_lq");
    expect(await read.userById(id)).toMatchObject({ id, username: "jonas_lq" });
    const group = await read.resolve("@tidewater_lab");
    await expect(read.userById(group.id)).rejects.toMatchObject({ code: "input_invalid", details: { path: "id" } });
  });

  it("reads the address book and shared groups", async () => {
    await using reader = await openReader();
    const { read } = reader;
    const contacts = await read.contacts();
    expect(contacts.map(({ firstName }) => firstName)).toContain("Einar");
    expect(contacts.filter(({ isMutual }) => isMutual).map(({ firstName }) => firstName)).toEqual(["Tomás"]);
    expect(contacts.every(({ isContact }) => isContact)).toBe(true);
    const shared = await all(read.commonChats("@jonas_lq"));
    expect(shared.map(({ title }) => title)).toContain("Tidewater Lab");
    expect(await read.commonChats("@jonas_lq").total()).toBe(shared.length);
  });

  it("tells what the account may do", async () => {
    await using reader = await openReader();
    const { read } = reader;
    expect(await read.myRights("@tidewater_lab")).toMatchObject({ role: "creator", canSend: true, canBan: true });
    expect(await read.myRights("@harbour_gazette")).toMatchObject({ role: "member", canSend: false, canPost: false });
    expect(await read.myRights("@harbour_council")).toMatchObject({
      role: "admin",
      canSend: true,
      canDelete: true,
      canPin: true,
      canBan: false,
    });
    expect(await read.myRights("Family 🏡")).toMatchObject({ role: "member", canSend: true, canDelete: false });
    expect(await read.myRights("Priya Raman")).toMatchObject({ role: "member", canSend: true, canInvite: false });
  });

  it("tells how the guards stand without asking Telegram", async () => {
    await using reader = await openReader();
    const { read } = reader;
    const methods = await reader.methodsOf(async () => {
      const stats = await read.stats();
      expect(stats.quotas.dm).toEqual({ used: 0, limit: 20, left: 20 });
      expect(stats.health.status).toBe("healthy");
      expect(stats.metrics.requests).toBe(reader.sandbox.log.length);
    });
    expect(methods).toEqual([]);
  });

  it("tells whether the session is accepted", async () => {
    await using reader = await openReader();
    expect(await reader.read.authStatus()).toMatchObject({ authorized: true, account: { firstName: "Mira" } });
    reader.sandbox.faults.set([{ method: "users.getUsers", error: "SESSION_REVOKED" }]);
    expect(await reader.read.authStatus()).toMatchObject({ authorized: false, error: { code: "session_dead" } });
  });
});

describe("Telegram's own chat", () => {
  it("is left out of dialogs and of the search over all chats, unless asked for", async () => {
    await using reader = await openReader();
    const { read } = reader;
    expect((await all(read.dialogs())).map(({ id }) => id)).not.toContain(777_000);
    expect((await all(read.dialogs({ includeServiceChat: true }))).map(({ id }) => id)).toContain(777_000);
    expect((await all(read.searchAll("login"))).map(({ chatId }) => chatId)).not.toContain(777_000);
    const found = await all(read.searchAll("login", { includeServiceChat: true }));
    expect(found.map(({ chatId }) => chatId)).toContain(777_000);
    for (const { text } of found) expect(text).not.toContain("22222");
  });

  it("never shows a login code, and its marks stay where they belong", async () => {
    await using reader = await openReader();
    const [notice] = await reader.read.messages(777_000, { markdown: true, order: "oldest" }).toArray({ limit: 1 });
    expect(notice?.text).toMatch(/^Login code: •••••\. /);
    const bold = notice?.entities?.find(({ type }) => type === "bold");
    expect(bold).toMatchObject({ offset: 0, length: "Login code:".length });
    expect(notice?.markdown).toMatch(/^\*\*Login code:\*\* •••••\. /);
    expect(JSON.stringify(notice)).not.toContain("22222");
  });
});

describe("The search over all chats", () => {
  it("finds what the chats have, and goes on from a cursor in another client", async () => {
    await using reader = await openReader();
    const { read, sandbox } = reader;
    const everywhere = await all(read.searchAll("the"));
    expect(new Set(everywhere.map(({ chatId }) => chatId)).size).toBeGreaterThan(2);
    expect(everywhere.every(({ text }) => /the/i.test(text))).toBe(true);
    const dates = everywhere.map(({ date }) => date);
    expect(dates).toEqual([...dates].sort().reverse());
    const first = read.searchAll("the", { limit: 30 });
    const start = await all(first);
    await using other = await openClient(sandbox);
    const rest = await all(other.read.searchAll("the", { cursor: first.cursor ?? "" }));
    const key = ({ chatId, id }: { chatId: number; id: number }) => `${chatId}/${id}`;
    expect([...start, ...rest].map(key)).toEqual(everywhere.map(key));
  });
});

describe("Forums", () => {
  it("lists topics and their messages", async () => {
    await using reader = await openReader();
    const { read, sandbox } = reader;
    const forum = (await all(read.dialogs())).map(({ id }) => id);
    let topics = 0;
    for (const id of forum) {
      const info = await read.groupInfo(id);
      if (!info.isForum) continue;
      const found = await all(read.topics(id));
      expect(found[0]?.isPinned).toBe(true);
      expect(found.filter(({ isClosed }) => isClosed).map(({ title }) => title)).toEqual(["Regatta 2024"]);
      for (const topic of found.filter(({ id: topicId }) => topicId !== 1)) {
        const truth = [...sandbox.world.chat(id).messages()].filter(
          (message) =>
            message.id === topic.id || (message.inTopic === true && (message.topId ?? message.replyTo) === topic.id),
        );
        const messages = await all(read.topicMessages(id, topic.id, { order: "oldest" }));
        expect(messages.map((message) => message.id)).toEqual(truth.map((message) => message.id));
        expect(messages.length).toBeGreaterThan(0);
        topics++;
      }
    }
    expect(topics).toBe(3);
  });
});
