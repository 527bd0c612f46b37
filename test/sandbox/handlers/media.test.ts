import { expect, test } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { historyOf, openSession, refusal, type Session } from "./asking.js";

const WILD = "@wild_names";

function mediaIn(session: Session, which: string): Tl.TypeMessageMedia[] {
  const page = session.ask("messages.getHistory", historyOf(session.peer(which)));
  if (page._ === "messages.messagesNotModified") throw new Error(page._);
  return page.messages.flatMap((message) => (message._ === "message" && message.media ? [message.media] : []));
}

function documentsIn(session: Session): Tl.document[] {
  return mediaIn(session, WILD).flatMap((media) =>
    media._ === "messageMediaDocument" && media.document?._ === "document" ? [media.document] : [],
  );
}

const locationOf = ({ id, access_hash, file_reference }: Tl.document | Tl.photo) => ({
  id,
  access_hash,
  file_reference,
});

const nameOf = ({ attributes }: Tl.document) =>
  attributes.find((attribute) => attribute._ === "documentAttributeFilename")?.file_name;

test("files have the names that their senders gave them", () => {
  const names = documentsIn(openSession("demo")).map(nameOf);
  for (const name of ["../../etc/passwd", "CON", "", "line\nbreak\r\n.txt", "\u202Egpj.exe", "nul\u0000byte.txt"]) {
    expect(names).toContain(name);
  }
  expect(Math.max(...names.map((name) => name?.length ?? 0))).toBe(10_000);
  expect(names.filter((name) => name === undefined)).toHaveLength(1);
  expect(names.filter((name) => name === "same.txt")).toHaveLength(2);
});

test("a large file is made as it is read, from any place and past its end", () => {
  const session = openSession("demo");
  const large = documentsIn(session).find((document) => nameOf(document) === "three-megabytes.bin");
  if (!large) throw new Error("no large file");
  expect(large.size).toBe(3n * 1024n * 1024n + 123n);
  const location = { _: "inputDocumentFileLocation", ...locationOf(large), thumb_size: "" } as const;
  const part = (offset: number, limit: number) => {
    const answer = session.ask("upload.getFile", { _: "upload.getFile", location, offset: BigInt(offset), limit });
    return answer._ === "upload.file" ? Buffer.from(answer.bytes) : Buffer.alloc(0);
  };
  const mib = 1024 * 1024;
  expect(part(3 * mib, mib)).toHaveLength(123);
  expect(part(4 * mib, mib)).toHaveLength(0);
  expect(part(512 * 1024, 4096)).toEqual(part(0, mib).subarray(512 * 1024, 512 * 1024 + 4096));
});

test("a photo can be fetched in every size it names, and is as long as it says", () => {
  const session = openSession("demo");
  const media = mediaIn(session, "Family 🏡").find((one) => one._ === "messageMediaPhoto");
  const photo = media?._ === "messageMediaPhoto" ? media.photo : undefined;
  if (photo?._ !== "photo") throw new Error("no photo");
  const sizes = photo.sizes.map((size) => {
    if (size._ === "photoSizeProgressive") return [size.type, size.sizes.at(-1)];
    return size._ === "photoSize" ? [size.type, size.size] : [];
  });
  expect(sizes.map(([type]) => type)).toEqual(["s", "m", "x", "y"]);
  for (const [type, size] of sizes) {
    const location = { _: "inputPhotoFileLocation", ...locationOf(photo), thumb_size: String(type) } as const;
    const answer = session.ask("upload.getFile", { _: "upload.getFile", location, offset: 0n, limit: 1024 * 1024 });
    expect(answer._ === "upload.file" && answer.bytes.length).toBe(size);
  }
});

test("once references have expired, the message has to be fetched again", () => {
  const session = openSession("demo");
  const fetchFirst = (document: Tl.document | undefined) => () => {
    if (!document) throw new Error("no document");
    const location = { _: "inputDocumentFileLocation", ...locationOf(document), thumb_size: "" } as const;
    session.ask("upload.getFile", { _: "upload.getFile", location, offset: 0n, limit: 4096 });
  };
  const [before] = documentsIn(session);
  expect(refusal(fetchFirst(before))).toBe("ok");
  session.world.expireFileReferences();
  expect(refusal(fetchFirst(before))).toBe("400 FILE_REFERENCE_EXPIRED");
  expect(refusal(fetchFirst(documentsIn(session)[0]))).toBe("ok");
});
