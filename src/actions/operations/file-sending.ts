import { asUncertain, GuardError, isGuardError } from "../../errors.js";
import type { FileAccess } from "../../files/access.js";
import { toIso } from "../../models/ids.js";
import { inputPeer, type Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import { inputEntities } from "../markup/input-entities.js";
import type { Run } from "../operation.js";
import { sentMessage, type SentMessage } from "../sent-message.js";
import { messageCost } from "./cost.js";
import { inputMedia, type FileLook } from "./file-look.js";
import { inputFile, noteUploaded, uploadedBefore, uploadFile } from "./file-upload.js";
import type { ApprovedFile, Uploaded } from "./file-upload.js";
import { placed, type Placement } from "./placement.js";
import type { ExactText } from "./text.js";

/** What is sent, read and resolved. */
export interface FileLetter extends ExactText {
  readonly file: ApprovedFile;
  readonly look: FileLook;
  readonly place: Placement;
}

export interface Sending {
  readonly telegram: Telegram;
  readonly files: FileAccess;
  readonly peer: Peer;
  readonly letter: FileLetter;
  readonly run: Run;
}

/** Uploads the file, unless an earlier run has, and sends the one message with it. */
export async function sendUploaded(sending: Sending): Promise<SentMessage> {
  const { run } = sending;
  const before = uploadedBefore(run);
  if (before !== undefined) {
    try {
      return await send(sending, before);
    } catch (error) {
      if (!isUploadGone(error)) throw error;
    }
  }
  // A message is sent only after the note that its file is uploaded.
  const maySent = run.resumed && before !== undefined;
  const { telegram, files, letter } = sending;
  const uploaded = await uploadFile(telegram, files, letter.file, run).catch((error: unknown) => {
    throw maySent ? asUncertain(error) : harmless(error);
  });
  await noteUploaded(run, uploaded);
  return send(sending, uploaded);
}

async function send({ telegram, peer, letter, run }: Sending, uploaded: Uploaded): Promise<SentMessage> {
  const { look, place, text, entities } = letter;
  const [randomId = "0"] = run.randomIds;
  const request = new telegram.api.messages.SendMedia({
    peer: inputPeer(telegram, peer),
    media: inputMedia(telegram, inputFile(telegram, uploaded, look.name), look),
    message: text,
    randomId: telegram.long(randomId),
    ...placed(telegram, place),
    ...(entities.length === 0 ? {} : { entities: inputEntities(telegram, entities) }),
  });
  const cost = messageCost(peer, 1, telegram.selfId);
  // With its random id it may be sent again, also with another upload of the file: Telegram knows it by that.
  const updates = await run.write(request, { replay: "safe", step: "send", chat: String(peer.id), ...cost });
  const sent = sentMessage(updates, peer, randomId);
  return place.schedule === undefined ? sent : { ...sent, date: toIso(place.schedule) };
}

/** Telegram keeps parts that no message uses for a while only (core.telegram.org/api/files#uploading-files). */
const isUploadGone = (error: unknown): boolean =>
  isGuardError(error, "telegram_error") && /^FILE_PARTS_INVALID$|^FILE_PART_\d+_MISSING$/.test(error.details.name);

/** Whatever became of the parts, nobody got them. */
function harmless(error: unknown): unknown {
  if (!isGuardError(error) || error.applied === "no") return error;
  const { code, message, details, nextStep } = error;
  return new GuardError(code, message, { details, nextStep, cause: error });
}
