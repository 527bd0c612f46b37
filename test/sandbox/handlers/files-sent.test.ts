import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { encodeMosaic } from "../../../src/sandbox/world/mosaic-jpeg.js";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { couple, refusal, upload, type Session } from "./asking.js";

const WORK = "@tidewater_lab";
const JPEG = encodeMosaic(64, 48, () => [200, 100, 50]);
const attributes = [] as const;

const sendFile = (session: Session, which: string, file: Tl.TypeInputFile, random_id: bigint, message = "") =>
  session.ask("messages.sendMedia", {
    _: "messages.sendMedia",
    peer: session.peer(which),
    media: { _: "inputMediaUploadedDocument", file, mime_type: "text/plain", attributes },
    message,
    random_id,
  });

const sendPhoto = (session: Session, which: string, file: Tl.TypeInputFile, random_id: bigint) =>
  session.ask("messages.sendMedia", {
    _: "messages.sendMedia",
    peer: session.peer(which),
    media: { _: "inputMediaUploadedPhoto", file },
    message: "",
    random_id,
  });

test("a file of several parts arrives whole, can be fetched again, and is in the world", () => {
  const { mira, tomas, world } = couple();
  const whole = Buffer.alloc(2500, "tide ");
  const part = (file_part: number) =>
    mira.ask("upload.saveFilePart", {
      _: "upload.saveFilePart",
      file_id: 9n,
      file_part,
      bytes: whole.subarray(file_part * 1024, (file_part + 1) * 1024),
    });
  for (const n of [2, 0, 1]) part(n);
  const md5_checksum = createHash("md5").update(whole).digest("hex");
  const file = { _: "inputFile", id: 9n, parts: 3, name: "tides.txt", md5_checksum } as const;
  expect(refusal(() => sendFile(mira, WORK, { ...file, md5_checksum: "0".repeat(32) }, 1n))).toBe(
    "400 MD5_CHECKSUM_INVALID",
  );
  expect(refusal(() => sendFile(mira, WORK, { ...file, parts: 4 }, 1n))).toBe("400 FILE_PART_3_MISSING");
  expect(refusal(() => sendFile(mira, WORK, { ...file, parts: 0 }, 1n))).toBe("400 FILE_PARTS_INVALID");
  const sent = sendFile(mira, WORK, file, 1n, "the **tides**");
  expect(refusal(() => sendFile(mira, WORK, file, 1n))).toBe("500 RANDOM_ID_DUPLICATE");
  if (sent._ !== "updates") throw new Error(sent._);
  const message = [...world.chat(WORK).messages()].at(-1);
  expect(message?.text).toBe("the **tides**");
  if (message?.media?.kind !== "document") throw new Error("no document");
  expect(message.media.bytes.read(0, 5000)).toEqual(whole);
  const page = tomas.ask("channels.getMessages", {
    _: "channels.getMessages",
    channel: tomas.inputChannel(WORK),
    id: [{ _: "inputMessageID", id: message.id }],
  });
  const [seen] = page._ === "messages.messagesNotModified" ? [] : page.messages;
  const media = seen?._ === "message" && seen.media?._ === "messageMediaDocument" ? seen.media.document : undefined;
  if (media?._ !== "document") throw new Error("no document");
  expect(media.attributes).toEqual([{ _: "documentAttributeFilename", file_name: "tides.txt" }]);
  const { id, access_hash, file_reference } = media;
  const location = { _: "inputDocumentFileLocation", id, access_hash, file_reference, thumb_size: "" } as const;
  const answer = tomas.ask("upload.getFile", { _: "upload.getFile", location, offset: 0n, limit: 4096 });
  expect(answer._ === "upload.file" && Buffer.from(answer.bytes)).toEqual(whole);
});

test("parts have sizes and numbers that fit together", () => {
  const { mira } = couple();
  const small = (file_part: number, size: number) => () =>
    mira.ask("upload.saveFilePart", { _: "upload.saveFilePart", file_id: 1n, file_part, bytes: Buffer.alloc(size) });
  expect(refusal(small(-1, 10))).toBe("400 FILE_PART_INVALID");
  expect(refusal(small(4000, 10))).toBe("400 FILE_PART_INVALID");
  expect(refusal(small(0, 0))).toBe("400 FILE_PART_EMPTY");
  expect(refusal(small(0, 512 * 1024 + 1))).toBe("400 FILE_PART_TOO_BIG");
  const big = (file_part: number, file_total_parts: number, size: number) => () =>
    mira.ask("upload.saveBigFilePart", {
      _: "upload.saveBigFilePart",
      file_id: 2n,
      file_part,
      file_total_parts,
      bytes: Buffer.alloc(size, 1),
    });
  expect(refusal(big(0, 2, 1000))).toBe("400 FILE_PART_SIZE_INVALID");
  expect(refusal(big(0, 2, 3 * 1024))).toBe("400 FILE_PART_SIZE_INVALID");
  expect(refusal(big(2, 2, 1024))).toBe("400 FILE_PART_INVALID");
  expect(refusal(big(0, 4001, 1024))).toBe("400 FILE_PARTS_INVALID");
  expect(refusal(big(0, 2, 1024))).toBe("ok");
  expect(refusal(big(1, 3, 1024))).toBe("400 FILE_PARTS_INVALID");
  expect(refusal(big(1, 2, 100))).toBe("ok");
  const file = { _: "inputFileBig", id: 2n, parts: 2, name: "big.bin" } as const;
  expect(refusal(() => sendFile(mira, WORK, { ...file, _: "inputFile", md5_checksum: "" }, 1n))).toBe(
    "400 FILE_PART_0_MISSING",
  );
  expect(refusal(() => sendFile(mira, WORK, file, 1n))).toBe("ok");
  const uneven = [small(0, 1024), small(1, 2048)];
  for (const save of uneven) save();
  const odd = { _: "inputFile", id: 1n, parts: 2, name: "odd", md5_checksum: "" } as const;
  expect(refusal(() => sendFile(mira, WORK, odd, 2n))).toBe("400 FILE_PART_LENGTH_INVALID");
});

test("a photo is a picture, and a caption is shorter than a message", () => {
  const { mira, world } = couple();
  const text = upload(mira, Buffer.from("no picture"), "a.jpg", 1n);
  expect(refusal(() => sendPhoto(mira, WORK, text, 1n))).toBe("400 IMAGE_PROCESS_FAILED");
  const flat = upload(
    mira,
    encodeMosaic(800, 8, () => [0, 0, 0]),
    "flat.jpg",
    2n,
  );
  expect(refusal(() => sendPhoto(mira, WORK, flat, 1n))).toBe("400 PHOTO_INVALID_DIMENSIONS");
  const good = upload(mira, JPEG, "good.jpg", 3n);
  expect(refusal(() => sendPhoto(mira, WORK, good, 1n))).toBe("ok");
  const photo = [...world.chat(WORK).messages()].at(-1)?.media;
  if (photo?.kind !== "photo") throw new Error("no photo");
  expect(photo.sizes[0]).toMatchObject({ width: 64, height: 48 });
  expect(Buffer.from(photo.sizes[0]?.bytes.read(0, 1e6) ?? [])).toEqual(Buffer.from(JPEG));
  expect(refusal(() => sendFile(mira, WORK, text, 2n, "x".repeat(1025)))).toBe("400 MEDIA_CAPTION_TOO_LONG");
});

test("an album is made of files that are there already, and has one number", () => {
  const { mira, world } = couple();
  const file = upload(mira, JPEG, "a.jpg");
  const peer = mira.peer(WORK);
  const kept = mira.ask("messages.uploadMedia", {
    _: "messages.uploadMedia",
    peer,
    media: { _: "inputMediaUploadedPhoto", file },
  });
  const photo = kept._ === "messageMediaPhoto" ? kept.photo : undefined;
  if (photo?._ !== "photo") throw new Error("no photo");
  const { id, access_hash, file_reference } = photo;
  const media = { _: "inputMediaPhoto", id: { _: "inputPhoto", id, access_hash, file_reference } } as const;
  const album = (count: number, item: Tl.TypeInputMedia, from: bigint) => () =>
    mira.ask("messages.sendMultiMedia", {
      _: "messages.sendMultiMedia",
      peer,
      multi_media: Array.from({ length: count }, (_, n) => ({
        _: "inputSingleMedia",
        media: item,
        random_id: from + BigInt(n),
        message: `picture ${n}`,
      })),
    });
  expect(refusal(album(11, media, 1n))).toBe("400 MULTI_MEDIA_TOO_LONG");
  expect(refusal(album(2, { _: "inputMediaUploadedPhoto", file }, 1n))).toBe("400 MEDIA_INVALID");
  const before = world.chat(WORK).count;
  expect(refusal(album(3, media, 1n))).toBe("ok");
  const sent = [...world.chat(WORK).messages()].slice(before);
  expect(sent.map(({ text }) => text)).toEqual(["picture 0", "picture 1", "picture 2"]);
  expect(new Set(sent.map(({ groupedId }) => groupedId)).size).toBe(1);
  expect(sent[0]?.groupedId).toBeDefined();
  // One of its numbers was used: none of the others is sent.
  expect(refusal(album(2, media, 3n))).toBe("500 RANDOM_ID_DUPLICATE");
  expect(world.chat(WORK).count).toBe(before + 3);
});
