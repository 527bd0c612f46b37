import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { WorldFileError } from "../../../src/sandbox/world/export-file/world-file-error.js";
import { createWorld } from "../../../src/sandbox/world/world.js";
import { historyOf, idsIn, openSession } from "../handlers/asking.js";

const FILE = fileURLToPath(new URL("../../support/export/result.json", import.meta.url));

test("every message of an export becomes a message of the world", () => {
  const session = openSession({ file: FILE });
  const chat = session.world.chat("Rowing club");
  const messages = [...chat.messages()];
  expect(messages.map((message) => message.id)).toEqual([1, 2, 4, 5, 6, 7, 8, 9, 10]);
  expect(messages[1]).toMatchObject({
    text: "Meet at six, see the map 🚣",
    pinned: true,
    entities: [
      { _: "messageEntityBold", offset: 8, length: 3 },
      { _: "messageEntityTextUrl", offset: 17, length: 7, url: "https://map.example" },
    ],
  });
  expect(messages[2]).toMatchObject({ replyTo: 2, editDate: Date.UTC(2024, 2, 1, 10, 5) / 1000 });
  expect(messages[5]?.forward?.name).toBe("Harbour office");
  expect(messages[7]?.action).toEqual({ _: "messageActionCustomAction", message: "action_of_tomorrow" });
  expect(idsIn(session.ask("messages.getHistory", historyOf(session.peer("Rowing club"))))).toHaveLength(9);
});

test("media files are read from beside the export", () => {
  const world = createWorld({ file: FILE }, () => 0);
  const media = world.chat("Rowing club").byId(5)?.media;
  if (media?.kind !== "photo") throw new Error("no photo");
  const bytes = media.sizes[0]?.bytes;
  expect(Buffer.from(bytes?.read(4, 6) ?? []).toString()).toBe("really");
  const left = world.chat("Rowing club").byId(6)?.media;
  expect(left?.kind === "document" && left.bytes.size).toBe(5000);
});

test("the export of a whole account has one sequence of ids and its owner", () => {
  const message = (id: number, from: number) => ({
    id,
    type: "message",
    date: "2024-01-01T00:00:00",
    from: `Person ${from}`,
    from_id: `user${from}`,
    text: `message ${id}`,
  });
  const list = [
    { id: 77, type: "personal_chat", name: "Person 77", messages: [message(1, 77), message(3, 42)] },
    { id: 1005, type: "private_group", name: "Club", messages: [message(2, 77)] },
    { id: 42, type: "saved_messages", messages: [message(4, 42)] },
  ];
  const personal_information = { user_id: 42, first_name: "Person", last_name: "42" };
  const world = createWorld({ file: written({ personal_information, chats: { list } }) }, () => 0);
  expect(world.accounts[0]?.id).toBe(42);
  expect([...world.chat("Person 77").messages()].map(({ out }) => out)).toEqual([false, true]);
  expect(String(world.chat("Club").peer.id).startsWith("100")).toBe(false);
});

test("an error names the file, the place and what was expected", () => {
  const good: unknown = JSON.parse(readFileSync(FILE, "utf8"));
  if (typeof good !== "object" || good === null || !("messages" in good)) throw new Error("fixture");
  const bad = { ...good, messages: [{ id: "one", type: "message", date: "2024-03-01T10:00:00", text: "" }] };
  expect(() => createWorld({ file: written(bad) }, () => 0)).toThrow(/result\.json: at messages\[0\]\.id: .*number/);
  expect(() => createWorld({ file: "/nowhere/result.json" }, () => 0)).toThrow(WorldFileError);
  expect(() => createWorld({ file: written({ ...bad, messages: [escaping] }) }, () => 0)).toThrow(
    /leads out of the folder/,
  );
});

const escaping = {
  id: 1,
  type: "message",
  date: "2024-03-01T10:00:00",
  from_id: "user1",
  photo: "../../secret",
  text: "",
};

function written(json: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), "export-")), "result.json");
  writeFileSync(file, JSON.stringify(json));
  return file;
}
