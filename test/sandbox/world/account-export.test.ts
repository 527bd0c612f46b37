import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { encodeMosaic } from "../../../src/sandbox/world/mosaic-jpeg.js";
import { openLine, type Wired } from "../handlers/wire.js";

const OWNER = 42;
const ADA = 501;
const BO = 502;
const CLUB = 1_700_300_400;
const LEFT = 1_700_300_500;
const PART = 512 * 1024;

const photo = Buffer.from(encodeMosaic(90, 60, (x, y) => [x, y, 120]));
const files: Readonly<Record<string, Buffer>> = {
  "chats/chat_1/photos/photo_1.jpg": photo,
  "chats/chat_1/files/plan.pdf": randomBytes(3 * PART + 123),
  "chats/chat_1/voice_messages/audio_1.ogg": randomBytes(9_000),
  "chats/chat_1/video_files/film.mp4": randomBytes(20_000),
  "chats/chat_1/video_files/film.mp4_thumb.jpg": photo.subarray(0, -1),
};

let lastId = 0;
const line = (from: number, fields: Readonly<Record<string, unknown>>) => ({
  ...{ id: ++lastId, type: "message", date: "2024-03-01T10:00:00", date_unixtime: String(1_709_287_200 + lastId) },
  ...{ from: from === ADA ? "Ada" : "Bo", from_id: `user${from}`, text: "", text_entities: [] },
  ...fields,
});

/** The export of a whole account, as Telegram Desktop writes it with everything ticked. */
const exported = () => ({
  about: "Here is the data you requested.",
  personal_information: {
    ...{ user_id: OWNER, first_name: "Olga", last_name: "N", phone_number: "+999 66 2 0042", username: "@olga_n" },
    bio: "Rows",
  },
  profile_pictures: [{ date: "2024-01-01T00:00:00", photo: "(File not included.)" }],
  stories: [],
  contacts: {
    about: "Your contacts",
    list: [
      { user_id: ADA, first_name: "Ada", last_name: "L", phone_number: "0099966 20501", date: "2023-01-01T00:00:00" },
      { user_id: 0, first_name: "Nobody", last_name: "", phone_number: "+1", date: "1970-01-01T00:00:00" },
    ],
  },
  frequent_contacts: {
    about: "People you message most",
    list: [{ id: ADA, category: "people", type: "user", name: "Ada L", rating: 3.5 }],
  },
  sessions: {
    about: "Devices",
    list: [{ last_active: "2024-03-01T10:00:00", last_ip: "127.0.0.1", application_name: "Desktop" }],
  },
  web_sessions: { about: "", list: [] },
  other_data: { about: "", drafts: [] },
  chats: {
    about: "Chats",
    list: [
      {
        ...{ id: ADA, type: "personal_chat", name: "Ada L" },
        messages: [
          line(ADA, { photo: "chats/chat_1/photos/photo_1.jpg", width: 90, height: 60, text: "Look" }),
          line(ADA, { file: "chats/chat_1/files/plan.pdf", mime_type: "application/pdf" }),
          line(ADA, {
            file: "chats/chat_1/voice_messages/audio_1.ogg",
            ...{ media_type: "voice_message", mime_type: "audio/ogg", duration_seconds: 4 },
          }),
          line(ADA, {
            ...{ file: "chats/chat_1/video_files/film.mp4", media_type: "video_file", mime_type: "video/mp4" },
            ...{ thumbnail: "chats/chat_1/video_files/film.mp4_thumb.jpg", width: 64, height: 48, duration_seconds: 2 },
          }),
          line(ADA, { file: "(File exceeds maximum size. Change data exporting settings to download.)" }),
        ],
      },
      { ...{ id: CLUB, type: "private_supergroup", name: "Club" }, messages: [line(BO, { text: "Six?" })] },
    ],
  },
  left_chats: {
    about: "Chats you have left",
    list: [{ ...{ id: LEFT, type: "private_supergroup", name: "Old club" }, messages: [line(BO, { text: "Bye" })] }],
  },
});

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "account-export-"));
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  writeFileSync(join(folder, "result.json"), JSON.stringify(exported()));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const open = () => openLine({ file: join(folder, "result.json") });

/** Downloads a file piece by piece. */
async function downloaded(who: Wired, location: Tl.TypeInputFileLocation): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for (let offset = 0n; ; offset += BigInt(PART)) {
    const got = await who.ask("upload.getFile", { location, offset, limit: PART });
    if (got._ !== "upload.file") throw new Error(got._);
    pieces.push(got.bytes);
    if (got.bytes.length < PART) return Buffer.concat(pieces);
  }
}

function locationsOf(message: Tl.TypeMessage): Tl.TypeInputFileLocation[] {
  const media = message._ === "message" ? message.media : undefined;
  if (media?._ === "messageMediaPhoto" && media.photo?._ === "photo") {
    const { id, access_hash, file_reference, sizes } = media.photo;
    const [size] = sizes;
    const thumb_size = size && "type" in size ? size.type : "";
    return [{ _: "inputPhotoFileLocation", id, access_hash, file_reference, thumb_size }];
  }
  if (media?._ !== "messageMediaDocument" || media.document?._ !== "document") return [];
  const { id, access_hash, file_reference, thumbs = [] } = media.document;
  const sizes = ["", ...thumbs.flatMap((thumb) => ("type" in thumb ? [thumb.type] : []))];
  return sizes.map((thumb_size) => {
    return { _: "inputDocumentFileLocation", id, access_hash, file_reference, thumb_size };
  });
}

test("the media of an account's export are downloaded as they lie on the disk", async () => {
  await using opened = await open();
  const [olga] = opened.accounts;
  if (!olga) throw new Error("no account");
  const page = { offset_id: 0, offset_date: 0, add_offset: 0, limit: 20, max_id: 0, min_id: 0, hash: 0n };
  const history = await olga.ask("messages.getHistory", { peer: olga.peer(ADA), ...page });
  const messages = "messages" in history ? [...history.messages].reverse() : [];
  const locations = messages.flatMap(locationsOf);
  const bytes: Buffer[] = [];
  for (const location of locations.slice(0, 5)) bytes.push(await downloaded(olga, location));
  expect(bytes.map(({ length }) => length)).toEqual(Object.values(files).map(({ length }) => length));
  expect(bytes.every((one, place) => one.equals(Object.values(files)[place] ?? Buffer.alloc(0)))).toBe(true);
  const leftOut = locations[5];
  if (!leftOut) throw new Error("what was left out of the export has no stand-in");
  expect((await downloaded(olga, leftOut)).length).toBeGreaterThan(0);
  expect(opened.sandbox.problems).toEqual([]);
});

test("its owner, contacts, frequent contacts and the chats that were left are there", async () => {
  await using opened = await open();
  const [olga] = opened.accounts;
  if (!olga) throw new Error("no account");
  expect(opened.sandbox.info.accounts).toMatchObject([{ id: OWNER, username: "olga_n", phone: "9996620042" }]);
  const contacts = await olga.ask("contacts.getContacts", { hash: 0n });
  expect(contacts).toMatchObject({ contacts: [{ user_id: BigInt(ADA) }], users: [{ phone: "009996620501" }] });
  const top = await olga.ask("contacts.getTopPeers", { correspondents: true, offset: 0, limit: 10, hash: 0n });
  expect(top).toMatchObject({
    categories: [{ category: { _: "topPeerCategoryCorrespondents" }, peers: [{ rating: 3.5 }] }],
    users: [{ first_name: "Ada" }],
  });
  const dialogs = await olga.ask("messages.getDialogs", {
    ...{ offset_date: 0, offset_id: 0, offset_peer: { _: "inputPeerEmpty" }, limit: 20, hash: 0n },
  });
  expect("chats" in dialogs && dialogs.chats.map((chat) => ("title" in chat ? chat.title : ""))).toEqual(["Club"]);
  const { id } = await olga.ask("account.initTakeoutSession", { message_megagroups: true });
  const left = await olga.within(id, "channels.getLeftChannels", { offset: 0 });
  expect(left.chats).toMatchObject([{ title: "Old club", left: true }]);
});
