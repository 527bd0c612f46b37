import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { WorldFileError } from "../../../src/sandbox/world/export-file/world-file-error.js";
import { sendLoginCode } from "../../../src/sandbox/world/service-chat.js";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { createWorld } from "../../../src/sandbox/world/world.js";
import { dialogsFrom, historyOf, idsIn, openSession } from "../handlers/asking.js";

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

const CLUB = 1_700_300_400;
let lastId = 0;

/** A message of an export with the fields that a test is about. */
const line = (fields: Readonly<Record<string, unknown>>) => ({
  id: ++lastId,
  type: "message",
  date: "2024-03-01T10:00:00",
  date_unixtime: String(1_709_287_200 + lastId),
  from: "Ada",
  from_id: "user501",
  text: "",
  ...fields,
});

const service = (action: string, fields: Readonly<Record<string, unknown>> = {}) =>
  line({ type: "service", actor: "Ada", actor_id: "user501", action, ...fields });

/** The messages of an exported supergroup as a client is sent them, oldest first. */
function sent(messages: readonly unknown[]): readonly Tl.TypeMessage[] {
  const session = openSession({ file: written({ name: "Club", type: "private_supergroup", id: CLUB, messages }) });
  const page = session.ask("messages.getHistory", historyOf(session.peer("Club")));
  return page._ === "messages.messagesNotModified" ? [] : [...page.messages].reverse();
}

test("texts keep every kind of mark", () => {
  const emoji = "5368324170671202286";
  const text = [
    { type: "spoiler", text: "secret" },
    { type: "custom_emoji", text: "🚣", document_id: emoji },
    { type: "custom_emoji", text: "🚣", document_id: "stickers/rower.tgs" },
    { type: "blockquote", text: "quoted", collapsed: true },
    { type: "mention_name", text: "Bo", user_id: 502 },
    { type: "pre", text: "let x", language: "js" },
    { type: "plain", text: "." },
  ];
  const [message] = sent([line({ text })]);
  expect(message).toMatchObject({
    message: "secret🚣🚣quotedBolet x.",
    entities: [
      { _: "messageEntitySpoiler" },
      { _: "messageEntityCustomEmoji", document_id: BigInt(emoji) },
      { _: "messageEntityCustomEmoji", offset: 8 },
      { _: "messageEntityBlockquote", collapsed: true },
      { _: "messageEntityMentionName", user_id: 502n },
      { _: "messageEntityPre", language: "js" },
    ],
  });
});

test("reactions, buttons, answers to other chats and hidden sources come through", () => {
  const recent = [{ from: "Bo", from_id: "user502", date: "2024-03-01T11:00:00" }];
  const reactions = [
    { type: "emoji", count: 2, emoji: "👍", recent },
    { type: "custom_emoji", count: 1, document_id: "123" },
    { type: "paid", count: 5 },
  ];
  const inline_bot_buttons = [
    [
      { type: "url", text: "Site", data: "https://club.example" },
      { type: "callback", text: "Go", dataBase64: "AAEC" },
    ],
  ];
  const elsewhere = { reply_to_message_id: 77, reply_to_peer_id: "channel1700300499" };
  const passedOn = { forwarded_from: "Bo", forwarded_from_id: "user502", saved_from: "Notes" };
  const [message, forwarded] = sent([line({ reactions, inline_bot_buttons, ...elsewhere }), line(passedOn)]);
  expect(message).toMatchObject({
    reactions: {
      results: [
        { reaction: { emoticon: "👍" }, count: 2 },
        { reaction: { document_id: 123n } },
        { reaction: { _: "reactionPaid" }, count: 5 },
      ],
      recent_reactions: [{ peer_id: { user_id: 502n }, date: Date.UTC(2024, 2, 1, 11) / 1000 }],
    },
    reply_markup: { rows: [{ buttons: [{ url: "https://club.example" }, { data: Buffer.from([0, 1, 2]) }] }] },
    reply_to: { reply_to_msg_id: 77, reply_to_peer_id: { channel_id: 1_700_300_499n } },
  });
  expect(forwarded).toMatchObject({ fwd_from: { from_id: { user_id: 502n }, saved_from_name: "Notes" } });
});

test("media keep what the export says of them", () => {
  const missing = "(File not included. Change data exporting settings to download.)";
  const messages = sent([
    line({ photo: missing, photo_file_size: 4321, width: 640, height: 480, media_spoiler: true }),
    line({ file: missing, file_size: 900, media_type: "voice_message", mime_type: "audio/ogg", duration_seconds: 3 }),
    line({ location_information: { latitude: 1.5, longitude: 2.5 }, live_location_period_seconds: 900 }),
    line({ game_title: "Rowing", game_description: "Row!", game_link: "https://t.me/gamebot?game=row" }),
    line({ invoice_information: { title: "Fee", description: "A year", amount: 1200, currency: "EUR" } }),
    line({
      poll: { question: "Cake?", closed: true, total_voters: 1, answers: [{ text: "Yes", voters: 1, chosen: true }] },
    }),
    line({
      file: missing,
      media_type: "sticker",
      sticker_emoji: "😒",
      width: 512,
      height: 512,
      mime_type: "image/webp",
    }),
    { ...line({}), type: "unsupported" },
  ]);
  const media = messages.map((message) => (message._ === "message" ? message.media : undefined));
  expect(media[0]).toMatchObject({ spoiler: true, photo: { sizes: [{ w: 640, h: 480, size: 4321 }] } });
  expect(media[1]).toMatchObject({
    voice: true,
    document: { size: 900n, attributes: [{ _: "documentAttributeAudio", voice: true, duration: 3 }] },
  });
  expect(media.slice(2, 6)).toMatchObject([
    { _: "messageMediaGeoLive", period: 900 },
    { _: "messageMediaGame", game: { title: "Rowing", short_name: "row" } },
    { _: "messageMediaInvoice", total_amount: 1200n, currency: "EUR" },
    { _: "messageMediaPoll", results: { results: [{ chosen: true, voters: 1 }] } },
  ]);
  expect(media[6]).toMatchObject({ document: { attributes: [{ _: "documentAttributeSticker", alt: "😒" }, {}] } });
  expect(media[7]).toEqual({ _: "messageMediaUnsupported" });
});

test("service messages become the actions they tell of", () => {
  const actions = sent([
    service("invite_members", { members: ["Bo", null] }),
    service("join_group_by_link", { inviter: "Bo" }),
    service("migrate_from_group", { title: "Old club" }),
    service("topic_created", { title: "Boats" }),
    service("set_messages_ttl", { period: 86_400 }),
    service("group_call", { duration: 60 }),
    service("score_in_game", { game_message_id: 4, score: 12 }),
    service("boost_apply", { boosts: 3 }),
    service("from_the_future"),
  ]).map((message) => (message._ === "messageService" ? message.action : undefined));
  expect(actions).toMatchObject([
    { _: "messageActionChatAddUser", users: [{}, {}] },
    { _: "messageActionChatJoinedByLink" },
    { _: "messageActionChannelMigrateFrom", title: "Old club" },
    { _: "messageActionTopicCreate", title: "Boats" },
    { _: "messageActionSetMessagesTTL", period: 86_400 },
    { _: "messageActionGroupCall", duration: 60 },
    { _: "messageActionGameScore", score: 12 },
    { _: "messageActionBoostApply", boosts: 3 },
    { _: "messageActionCustomAction", message: "from_the_future" },
  ]);
});

test("contacts and left chats of a whole account come through", () => {
  const chat = (id: number, name: string) => ({ id, type: "private_supergroup", name, messages: [line({})] });
  const file = written({
    personal_information: { user_id: 42, first_name: "Me", last_name: "Too", phone_number: "+47 999 11", bio: "Rows" },
    contacts: {
      list: [
        {
          user_id: 501,
          first_name: "Ada",
          last_name: "Rower",
          phone_number: "+47 123 45",
          date: "2024-01-01T00:00:00",
        },
        { user_id: 0, first_name: "No", last_name: "Telegram", phone_number: "+47 1" },
      ],
    },
    chats: { list: [chat(CLUB, "Club")] },
    left_chats: { list: [chat(CLUB + 1, "Left club")] },
  });
  const session = openSession({ file });
  expect(session.world.accounts[0]).toMatchObject({ id: 42, phone: "4799911" });
  const contacts = session.ask("contacts.getContacts", { _: "contacts.getContacts", hash: 0n });
  if (contacts._ !== "contacts.contacts") throw new Error(contacts._);
  expect(contacts.users).toMatchObject([{ id: 501n, first_name: "Ada", last_name: "Rower", phone: "4712345" }]);
  const left = session.ask("messages.getHistory", historyOf(session.peer("Left club")));
  expect(idsIn(left)).toHaveLength(1);
  const dialogs = session.ask("messages.getDialogs", dialogsFrom());
  if (dialogs._ === "messages.dialogsNotModified") throw new Error(dialogs._);
  expect(dialogs.chats.map((one) => ("title" in one ? one.title : ""))).toEqual(["Club"]);
});

test("Telegram itself is there to send a login code, and to be asked for help", () => {
  const session = openSession({ file: FILE });
  const { world } = session;
  for (const account of world.accounts) sendLoginCode(world, account, "12345", 0);
  const answer = session.ask("messages.getDialogs", dialogsFrom());
  const users = "users" in answer ? answer.users.map(({ id }) => id) : [];
  expect(users).toContain(777_000n);
  expect(session.ask("help.getSupport", { _: "help.getSupport" }).user.id).toBe(777_000n);
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
