import { expect, test } from "vitest";
import { StoredHistory } from "../../../src/sandbox/world/stored-history.js";
import { GeneratedHistory } from "../../../src/sandbox/world/generated/generated-history.js";
import { fromPlace, type History } from "../../../src/sandbox/world/history.js";
import { createWorld } from "../../../src/sandbox/world/world.js";
import { historyOf, idsIn, NOW, openSession } from "../handlers/asking.js";

const now = () => NOW;
const message = (id: number) => ({ id, date: id * 10, text: `message ${id}` });

test("the demo world is the same each time and its histories are in order", () => {
  const [one, other] = [createWorld("demo", now), createWorld("demo", now)];
  expect(one.accounts).toHaveLength(2);
  expect(one.chat("@tidewater_lab").count).toBe(420);
  for (const chat of one.chats()) {
    const messages = [...one.chat(chat.id).messages()];
    expect(messages.map(({ text }) => text)).toEqual([...other.chat(chat.id).messages()].map(({ text }) => text));
    const dates = messages.map(({ date }) => date);
    expect(dates, chat.title).toEqual([...dates].sort((a, b) => a - b));
    expect(Math.max(...dates)).toBeLessThan(NOW / 1000);
  }
});

test("channels have ids of ten digits and basic groups none that begin with 100", () => {
  for (const { kind, id } of createWorld("demo", now).chats()) {
    if (kind === "supergroup" || kind === "channel") expect(String(id)).toMatch(/^-100\d{10,}$/);
    if (kind === "group") expect(String(id)).toMatch(/^-(?!100)\d+$/);
  }
});

test("a chat is found by its id with and without the mark, by @name and by title", () => {
  const world = createWorld("demo", now);
  for (const which of [-1001650200001, 1650200001, "@tidewater_lab", "Tidewater Lab"]) {
    expect(world.chat(which).count, String(which)).toBe(420);
  }
});

test("a stored and a generated history answer alike, whatever is added, edited or deleted", () => {
  const stored = new StoredHistory();
  for (let id = 1; id <= 50; id++) stored.add(message(id));
  const generated = new GeneratedHistory(50, message);
  for (const history of [stored, generated] as History[]) {
    history.remove(50);
    history.remove(7);
    history.remove(8);
    history.add(message(51));
    history.add(message(52));
    history.remove(51);
    history.replace({ ...message(20), text: "edited" });
    history.replace({ ...message(7), text: "stays deleted" });
  }
  expect([...fromPlace(generated)]).toEqual([...fromPlace(stored)]);
  for (let id = -1; id < 55; id++) {
    expect(generated.placeBelow(id), `below ${id}`).toBe(stored.placeBelow(id));
    expect(generated.byId(id)).toEqual(stored.byId(id));
  }
  expect(generated.highestId).toBe(52);
});

test("a million messages are made on demand, the same each time", () => {
  const size = { generated: { messages: 1_000_000, participants: 100_000 } };
  const [one, other] = [openSession(size), openSession(size)];
  const page = (session: typeof one, offset_id: number) =>
    session.ask("messages.getHistory", historyOf(session.peer("@generated"), { offset_id }));
  expect(page(one, 500_000)).toEqual(page(other, 500_000));
  expect(idsIn(page(one, 0))[0]).toBe(1_000_000);
  expect(one.world.chat("@generated").count).toBe(1_000_000);
  expect([...one.world.chat("@generated").members()]).toHaveLength(100_000);
});

test("another seed makes another world", () => {
  const text = (seed: number) =>
    [
      ...createWorld({ generated: { messages: 50, participants: 20, seed } }, now)
        .chat("@generated")
        .messages(),
    ].map((one) => one.text);
  expect(text(1)).not.toEqual(text(2));
  expect(text(3)).toEqual(text(3));
});

test("a generated world may be as small as one member and no message", () => {
  const world = createWorld({ generated: { messages: 0, participants: 1 } }, now);
  expect(world.chat("@generated").count).toBe(0);
  expect([...world.chat("@generated").members()].map(({ userId }) => userId)).toEqual([world.accounts[0]?.id]);
  expect(() => createWorld({ generated: { messages: -1, participants: 1 } }, now)).toThrow(/messages/);
});

test("what somebody posts is there and is told to every account that can see it", () => {
  const world = createWorld("demo", now);
  const told: number[] = [];
  world.onUpdates = (account, updates) => {
    expect(updates._).toBe("updates");
    told.push(account);
  };
  const id = world.post("@tidewater_lab", { from: "Jonas Lindqvist", text: "Ahoy" });
  expect(world.chat("@tidewater_lab").byId(id)?.text).toBe("Ahoy");
  expect(told).toEqual(world.accounts.map((account) => account.id));
  const news = world.post("@harbour_gazette", { text: "Extra!" });
  expect(world.chat("@harbour_gazette").byId(news)?.reach).toEqual({ views: 1, forwards: 0 });
  world.post("Liv Halvorsen 🌻", { text: "Hi" });
  expect(told.at(-1)).toBe(world.account("mira_halvorsen").id);
  expect(() => world.post("Nowhere", { text: "x" })).toThrow(/no chat Nowhere/);
});

test("pictures are JPEG files of more than one size", () => {
  const world = createWorld("demo", now);
  const photo = [...world.chat("@tidewater_lab").messages()].find(({ media }) => media?.kind === "photo")?.media;
  if (photo?.kind !== "photo") throw new Error("no photo");
  for (const { bytes } of photo.sizes) {
    const data = Buffer.from(bytes.read(0, bytes.size));
    expect(data.subarray(0, 2).toString("hex")).toBe("ffd8");
    expect(data.subarray(-2).toString("hex")).toBe("ffd9");
    expect(data.length).toBe(bytes.size);
  }
});
