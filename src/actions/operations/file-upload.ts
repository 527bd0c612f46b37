import type { Api } from "telegram";
import { createHash } from "node:crypto";
import { z } from "zod";
import type { FileAccess } from "../../files/access.js";
import { changed } from "../../files/file-errors.js";
import type { Fingerprint } from "../../files/fingerprint.js";
import { openToSend, type OpenFile } from "../../files/open-to-send.js";
import { readParts } from "../../files/read-parts.js";
import type { Addressing } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import { newRandomId } from "../digest.js";
import type { Run } from "../operation.js";

/** The largest there are, and from where on a file is a big one (core.telegram.org/api/files#uploading-files). */
const PART_BYTES = 512 * 1024;
const BIG_BYTES = 10 * 1024 * 1024;

/** A file whose parts lie at Telegram, to be sent by a message. */
export type Uploaded = z.infer<typeof schema>;

const schema = z.strictObject({
  fileId: z.string(),
  parts: z.int().min(1),
  /** In hex; a big file has none. */
  md5: z.string().exactOptional(),
});

export type ApprovedFile = Pick<Fingerprint, "path" | "sizeBytes" | "sha256">;

/**
 * Uploads what was approved, and nothing else: what leaves is hashed as it is read, from one open file. Each upload has an
 * id of its own, so that no other run's parts can take the place of parts that were found right.
 *
 * @throws {@link GuardError} `file_unavailable` when the file is another one now, `path_not_allowed`
 */
export async function uploadFile(
  telegram: Telegram,
  access: FileAccess,
  approved: ApprovedFile,
  run: Run,
): Promise<Uploaded> {
  const file = await openToSend(access, approved.path);
  try {
    if (file.path !== approved.path || file.sizeBytes !== approved.sizeBytes) throw changed(approved.path);
    return await uploadParts(telegram, file, approved.sha256, run);
  } finally {
    await file.handle.close();
  }
}

async function uploadParts({ api, long }: Telegram, file: OpenFile, sha256: string, run: Run): Promise<Uploaded> {
  const fileId = newRandomId();
  const id = long(fileId);
  const isBig = file.sizeBytes > BIG_BYTES;
  const parts = Math.ceil(file.sizeBytes / PART_BYTES);
  const [seen, md5] = [createHash("sha256"), createHash("md5")];
  let part = 0;
  for await (const bytes of readParts(file, PART_BYTES)) {
    seen.update(bytes);
    md5.update(bytes);
    const piece = { fileId: id, filePart: part, bytes };
    const request = isBig
      ? new api.upload.SaveBigFilePart({ ...piece, fileTotalParts: parts })
      : new api.upload.SaveFilePart(piece);
    // A part that comes again takes the place of itself.
    await run.write(request, { replay: "safe", lane: "bulk", step: `part:${part}` });
    part++;
  }
  if (seen.digest("hex") !== sha256) throw changed(file.path);
  return { fileId, parts, ...(isBig ? {} : { md5: md5.digest("hex") }) };
}

export function inputFile(
  { api, long }: Addressing,
  { fileId, parts, md5 }: Uploaded,
  name: string,
): Api.TypeInputFile {
  const id = long(fileId);
  return md5 === undefined
    ? new api.InputFileBig({ id, parts, name })
    : new api.InputFile({ id, parts, name, md5Checksum: md5 });
}

const MARK = "uploaded";

/** What an earlier run has uploaded and found right. */
export function uploadedBefore(run: Run): Uploaded | undefined {
  const note = run.marked(MARK);
  return note === undefined ? undefined : schema.parse(JSON.parse(note));
}

export const noteUploaded = (run: Run, uploaded: Uploaded): Promise<void> => run.mark(MARK, JSON.stringify(uploaded));
