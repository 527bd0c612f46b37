import type { Media } from "../../models/media.js";
import type { ExportedMessage } from "../exported-message.js";

/** What Telegram Desktop writes for a file it did not save. */
const NOT_INCLUDED = "(File not included. Change data exporting settings to download.)";

const KINDS: Readonly<Record<string, string>> = {
  sticker: "sticker",
  video_note: "video_message",
  voice: "voice_message",
  animation: "animation",
  video: "video_file",
  audio: "audio_file",
};

/** The fields of what is attached; fields that are undefined are left out when they are written. */
export function desktopMedia({ media, file = NOT_INCLUDED }: ExportedMessage): Record<string, unknown> {
  if (media === undefined) return {};
  const { width, height, sizeBytes } = media;
  switch (media.type) {
    case "photo":
      return { photo: file, photo_file_size: sizeBytes, width, height };
    case "contact":
      return contact(media);
    case "location":
    case "venue":
      return place(media);
    case "poll":
      return { poll: poll(media) };
    case "game":
      return { game_title: media.title, game_description: media.description };
    case "invoice":
      return { invoice_information: invoice(media) };
    default:
      return media.fileId === undefined ? {} : document(media, file);
  }
}

function document(media: Media, file: string): Record<string, unknown> {
  return {
    file,
    file_name: media.fileName,
    file_size: media.sizeBytes,
    media_type: KINDS[media.type],
    sticker_emoji: media.type === "sticker" ? media.emoji : undefined,
    performer: media.type === "audio" ? media.performer : undefined,
    title: media.type === "audio" ? media.title : undefined,
    mime_type: media.mimeType,
    duration_seconds: media.durationSeconds,
    width: media.width,
    height: media.height,
  };
}

function contact({ contact: found }: Media): Record<string, unknown> {
  const { firstName = "", lastName = "", phone = "", vcard } = found ?? {};
  return {
    contact_information: { first_name: firstName, last_name: lastName, phone_number: phone },
    contact_vcard: vcard,
  };
}

function place({ location, title, address }: Media): Record<string, unknown> {
  if (location === undefined) return { place_name: title, address };
  const { latitude, longitude, livePeriodSeconds } = location;
  return {
    live_location_period_seconds: livePeriodSeconds,
    place_name: title,
    address,
    location_information: { latitude, longitude },
  };
}

const poll = ({ poll: found }: Media): Record<string, unknown> => ({
  question: found?.question,
  closed: found?.isClosed,
  total_voters: found?.totalVoters ?? 0,
  answers: found?.answers.map(({ text, voters = 0, isChosen = false }) => ({ text, voters, chosen: isChosen })),
});

const invoice = ({ title, description, amount, currency, receiptMessageId }: Media): Record<string, unknown> => ({
  title,
  description,
  amount: amount === undefined ? undefined : Number(amount),
  currency,
  receipt_message_id: receiptMessageId,
});
