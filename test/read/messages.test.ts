import { describe, expect, it } from "vitest";
import type { Message } from "tg-guarded";
import type { WorldMessage } from "tg-guarded/testing";
import { all, openReader } from "./reader.js";

const GENERATED = { world: { generated: { messages: 1050, participants: 30 } } };
const CHANNEL_MARK = -1_000_000_000_000;
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
const idsOf = (messages: readonly { readonly id: number }[]): number[] => messages.map(({ id }) => id);

function expectSame(message: Message, truth: WorldMessage): void {
  expect(message).toMatchObject({
    id: truth.id,
    date: iso(truth.date),
    text: truth.text,
    type: truth.action === undefined ? "message" : "service",
    isPinned: truth.pinned ?? false,
  });
  // In a topic, whatever answers nothing else is an answer to the topic's first message.
  expect(message.replyTo?.messageId).toBe(truth.replyTo ?? (truth.inTopic === true ? truth.topId : undefined));
  expect(message.views).toBe(truth.reach?.views);
  expect(message.forwards).toBe(truth.reach?.forwards);
  expect(message.editDate).toBe(truth.editDate === undefined ? undefined : iso(truth.editDate));
  const marks = message.entities?.map(({ offset, length }) => [offset, length]);
  expect(marks).toEqual(truth.entities?.map(({ offset, length }) => [offset, length]));
}

describe("Reading messages", () => {
  it("gives every message of every chat of the demo world as the world has it", async () => {
    await using reader = await openReader();
    const { read, sandbox } = reader;
    let compared = 0;
    for await (const { id, kind } of read.dialogs()) {
      const truth = [...sandbox.world.chat(id).messages()].reverse();
      const found = await all(read.messages(id));
      expect(idsOf(found)).toEqual(idsOf(truth));
      found.forEach((message, index) => {
        const other = truth[index];
        if (other === undefined) throw new Error("a message too many");
        expectSame(message, other);
        if (kind === "supergroup") expect([other.fromId, CHANNEL_MARK - other.fromId]).toContain(message.fromId);
        compared++;
      });
    }
    expect(compared).toBeGreaterThan(500);
  });

  it("asks anew for a chat or an author that could not be looked up", async () => {
    await using reader = await openReader();
    const { read, sandbox } = reader;
    const failOnce = (nth: number): void => {
      sandbox.faults.set([{ method: "contacts.resolveUsername", nth, error: "SOMETHING_ODD" }]);
    };
    const odd = { code: "telegram_error", details: { name: "SOMETHING_ODD" } };
    failOnce(1);
    const listing = read.messages("@tidewater_lab", { fromUser: "@priya_raman", limit: 3 });
    await expect(listing.total()).rejects.toMatchObject(odd);
    failOnce(2);
    await expect(listing.toArray()).rejects.toMatchObject(odd);
    expect(await listing.toArray()).toHaveLength(3);
    expect(await listing.total()).toBeGreaterThan(3);
  });

  it("names the sender and the source of a forward where the answer carries them", async () => {
    await using reader = await openReader();
    const { read } = reader;
    const [newest] = await read.messages("@tidewater_lab", { limit: 1 }).toArray();
    const me = await read.resolve(newest?.fromId ?? 0);
    expect(newest?.senderName).toBe(me.title);
    const forwards = (await all(read.messages("me"))).flatMap(({ forward }) => forward ?? []);
    expect(forwards).toContainEqual(
      expect.objectContaining({ fromName: "Harbour Gazette 📰", fromUsername: "harbour_gazette", channelPost: 3 }),
    );
  });

  it.each([
    ["newest", 0, 1049],
    ["newest", 100, 731],
    ["oldest", 0, 1049],
    ["oldest", 314, 731],
    ["oldest", 900, 1049],
  ] as const)(
    "cuts %s first exactly at since and until (%i to %i), with one request for each 100",
    async (order, a, b) => {
      await using reader = await openReader(GENERATED);
      const { read, sandbox } = reader;
      const truth = [...sandbox.world.chat("@generated").messages()];
      const [since, until] = [truth[a]?.date ?? 0, truth[b]?.date ?? 0];
      const wanted = truth.filter(({ date }) => date >= since && date < until);
      await read.resolve("@generated");
      let found: Message[] = [];
      const methods = await reader.methodsOf(async () => {
        found = await all(read.messages("@generated", { order, since: iso(since), until: new Date(until * 1000) }));
      });
      expect(idsOf(found)).toEqual(idsOf(order === "newest" ? wanted.reverse() : wanted));
      expect(new Set(methods)).toEqual(new Set(["messages.getHistory"]));
      expect(methods.length).toBeLessThanOrEqual(Math.ceil(wanted.length / 100) + 1);
    },
  );

  it("asks once for each 100 of a whole history, and once more at the most", async () => {
    await using reader = await openReader(GENERATED);
    for (const order of ["newest", "oldest"] as const) {
      await reader.read.resolve("@generated");
      const methods = await reader.methodsOf(() => all(reader.read.messages("@generated", { order })));
      expect(methods).toHaveLength(11);
    }
  });

  it("goes on from a cursor in either order, also within since and until", async () => {
    await using reader = await openReader(GENERATED);
    const { read, sandbox } = reader;
    const truth = [...sandbox.world.chat("@generated").messages()];
    const options = { since: iso(truth[200]?.date ?? 0), until: iso(truth[700]?.date ?? 0) };
    for (const order of ["newest", "oldest"] as const) {
      const whole = await all(read.messages("@generated", { ...options, order }));
      const first = read.messages("@generated", { ...options, order, limit: 133 });
      const start = await all(first);
      const rest = await all(read.messages("@generated", { ...options, order, cursor: first.cursor ?? "" }));
      expect(idsOf([...start, ...rest])).toEqual(idsOf(whole));
    }
  });

  it("leaves service messages out without asking more often", async () => {
    await using reader = await openReader(GENERATED);
    const { read } = reader;
    const everything = await all(read.messages("@generated"));
    const plain = everything.filter(({ type }) => type === "message");
    expect(plain.length).toBeLessThan(everything.length);
    let found: Message[] = [];
    const methods = await reader.methodsOf(async () => {
      found = await read.messages("@generated", { includeService: false, limit: 250 }).toArray();
    });
    expect(idsOf(found)).toEqual(idsOf(plain.slice(0, 250)));
    expect(methods.length).toBeLessThanOrEqual(4);
  });

  it("lets Telegram search by sender, words and media, within since and until", async () => {
    await using reader = await openReader();
    const { read, sandbox } = reader;
    const truth = [...sandbox.world.chat("@tidewater_lab").messages()].reverse();
    const jonas = await read.resolve("@jonas_lq");
    const of = (wanted: (message: WorldMessage) => boolean) => idsOf(truth.filter(wanted));
    expect(idsOf(await all(read.messages("@tidewater_lab", { fromUser: "@jonas_lq" })))).toEqual(
      of(({ fromId }) => fromId === jonas.id),
    );
    expect(idsOf(await all(read.search("@tidewater_lab", "buoy")))).toEqual(
      of(({ text, action }) => action === undefined && text.toLowerCase().includes("buoy")),
    );
    const since = truth[200]?.date ?? 0;
    const until = truth[50]?.date ?? 0;
    const options = { search: "buoy", since: iso(since), until: iso(until), order: "oldest" } as const;
    expect(idsOf(await all(read.messages("@tidewater_lab", options)))).toEqual(
      of(({ text, date }) => date >= since && date < until && text.toLowerCase().includes("buoy")).reverse(),
    );
    const photos = await all(read.messages("@tidewater_lab", { media: "photo" }));
    expect(photos.length).toBeGreaterThan(0);
    expect(photos.every(({ media }) => media?.type === "photo")).toBe(true);
    expect(photos.map(({ id }) => id)).toEqual(of(({ media }) => media?.kind === "photo"));
  });

  it("adds Markdown when it is asked for", async () => {
    await using reader = await openReader();
    const { read } = reader;
    const [with_] = await read.search("@tidewater_lab", "Welcome", { markdown: true }).toArray({ limit: 1 });
    expect(with_?.markdown).toMatch(/^\*\*Welcome to Tidewater Lab\*\* 🌊\nHouse rules/);
    const [without] = await read.search("@tidewater_lab", "Welcome").toArray({ limit: 1 });
    expect(without).not.toHaveProperty("markdown");
  });

  it("tells who and what a service message is about", async () => {
    await using reader = await openReader();
    const created = await all(reader.read.messages("Family 🏡", { order: "oldest", limit: 1 }));
    expect(created[0]).toMatchObject({
      type: "service",
      action: "chatCreate",
      actionDetails: { title: "Family 🏡", userNames: expect.arrayContaining(["Mira Halvorsen"]) as unknown },
    });
    expect(created[0]?.actionDetails?.userIds).toHaveLength(4);
  });

  it.each([
    [{ since: "yesterday" }, "options.since"],
    [{ until: "2025-13-01" }, "options.until"],
    [{ limit: -1 }, "options.limit"],
    [{ search: "  " }, "options.search"],
    [{ cursor: "x" }, "options.cursor"],
  ])("refuses %j and names %s", async (options, path) => {
    await using reader = await openReader();
    expect(() => reader.read.messages("@tidewater_lab", options)).toThrow(
      expect.objectContaining({ code: "input_invalid", details: { path } }) as Error,
    );
  });

  it("takes a date for its midnight in UTC, and a time without a zone as UTC", async () => {
    await using reader = await openReader();
    const { read } = reader;
    const same = async (since: string | Date) => idsOf(await all(read.messagesSince("@tidewater_lab", since)));
    const [day, zoned, local] = [
      await same("2025-06-10"),
      await same("2025-06-10T02:00:00+02:00"),
      await same("2025-06-10T00:00:00"),
    ];
    expect(day.length).toBeGreaterThan(0);
    expect(zoned).toEqual(day);
    expect(local).toEqual(day);
    expect(await same(new Date("2025-06-10T00:00:00Z"))).toEqual(day);
  });
});

describe("Single facts and messages", () => {
  it("counts messages and finds the first one's date with one request each", async () => {
    await using reader = await openReader(GENERATED);
    const { read, sandbox } = reader;
    await read.resolve("@generated");
    const chat = sandbox.world.chat("@generated");
    const [first] = chat.messages();
    const methods = await reader.methodsOf(async () => {
      expect(await read.messageCount("@generated")).toBe(1050);
      expect(await read.creationDate("@generated")).toBe(iso(first?.date ?? 0));
    });
    expect(methods).toHaveLength(2);
  });

  it("gives messages in the order asked for and reports what is not there, 100 ids a request", async () => {
    await using reader = await openReader(GENERATED);
    const { read } = reader;
    await read.resolve("@generated");
    const ids = [7, 3, 99_999, 1000, ...Array.from({ length: 110 }, (_, index) => 200 + index), 3];
    const methods = await reader.methodsOf(async () => {
      const { messages, missing } = await read.messagesByIds("@generated", ids);
      expect(idsOf(messages)).toEqual(ids.filter((id) => id !== 99_999));
      expect(missing).toEqual([99_999]);
    });
    expect(methods).toEqual(["channels.getMessages", "channels.getMessages"]);
  });

  it("takes no other chat's message for one of a private chat", async () => {
    await using reader = await openReader();
    const { read } = reader;
    const [own] = await read.messages("Liv Halvorsen 🌻", { limit: 1 }).toArray();
    const [other] = await read.messages("Priya Raman", { limit: 1 }).toArray();
    const asked = [own?.id ?? 0, other?.id ?? 0];
    const { messages, missing } = await read.messagesByIds("Liv Halvorsen 🌻", asked);
    expect(idsOf(messages)).toEqual([own?.id]);
    expect(missing).toEqual([other?.id]);
  });

  it("lists pinned messages and the answers of a thread", async () => {
    await using reader = await openReader();
    const { read, sandbox } = reader;
    const truth = [...sandbox.world.chat("@tidewater_lab").messages()];
    const pinned = await all(read.pinned("@tidewater_lab"));
    expect(idsOf(pinned)).toEqual(idsOf(truth.filter((message) => message.pinned === true)).reverse());
    expect(pinned.length).toBeGreaterThan(0);
    const answer = truth.find(({ replyTo }) => replyTo !== undefined);
    const replies = await all(read.replies("@tidewater_lab", answer?.topId ?? answer?.replyTo ?? 0));
    expect(idsOf(replies)).toContain(answer?.id);
  });
});
