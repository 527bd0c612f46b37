import type * as Tl from "../../tl/types.js";
import { bytesBeside } from "./disk-bytes.js";
import type { ExportedMessage } from "./schema.js";

/**
 * Contacts, places and polls: media without a file.
 *
 * @param pollId for the poll, if it is one: ids of messages are used again in other chats
 */
export function plainMedia(
  file: string,
  message: ExportedMessage,
  pollId: () => bigint,
): Tl.TypeMessageMedia | undefined {
  const { contact_information: contact, location_information: place, poll } = message;
  if (contact) {
    const { phone_number, first_name, last_name } = contact;
    return {
      _: "messageMediaContact",
      phone_number,
      first_name,
      last_name,
      vcard: vcardOf(file, message),
      user_id: 0n,
    };
  }
  if (place) return location(message, { _: "geoPoint", lat: place.latitude, long: place.longitude, access_hash: 0n });
  if (message.invoice_information) return invoice(message.invoice_information);
  if (message.game_title !== undefined) return game(message);
  return poll && readPoll(pollId(), poll);
}

function vcardOf(file: string, { contact_vcard }: ExportedMessage): string {
  const bytes = bytesBeside(file, contact_vcard);
  return bytes ? Buffer.from(bytes.read(0, bytes.size)).toString("utf8") : "";
}

function invoice(information: NonNullable<ExportedMessage["invoice_information"]>): Tl.messageMediaInvoice {
  const { title, description, currency, amount, receipt_message_id: receipt_msg_id } = information;
  const total_amount = BigInt(Math.round(amount));
  return { _: "messageMediaInvoice", title, description, currency, total_amount, receipt_msg_id, start_param: "" };
}

/** The link ends with the short name: https://t.me/the_bot?game=shortname */
function game({ id, game_title = "", game_description = "", game_link = "" }: ExportedMessage): Tl.messageMediaGame {
  const short_name = /[?&]game=([^&]*)/.exec(game_link)?.[1] ?? "";
  const names = { short_name, title: game_title, description: game_description };
  return {
    _: "messageMediaGame",
    game: { _: "game", id: BigInt(id), access_hash: 0n, ...names, photo: { _: "photoEmpty", id: 0n } },
  };
}

function location(message: ExportedMessage, geo: Tl.geoPoint): Tl.TypeMessageMedia {
  const { place_name, address, live_location_period_seconds: period } = message;
  if (period !== undefined) return { _: "messageMediaGeoLive", geo, period };
  if (place_name === undefined) return { _: "messageMediaGeo", geo };
  const nowhere = { provider: "", venue_id: "", venue_type: "" };
  return { _: "messageMediaVenue", geo, title: place_name, address: address ?? "", ...nowhere };
}

const plain = (text: string): Tl.textWithEntities => ({ _: "textWithEntities", text, entities: [] });

function readPoll(id: bigint, poll: NonNullable<ExportedMessage["poll"]>): Tl.messageMediaPoll {
  const option = (index: number) => Uint8Array.of(index);
  return {
    _: "messageMediaPoll",
    poll: {
      _: "poll",
      id,
      closed: poll.closed || undefined,
      question: plain(poll.question),
      answers: poll.answers.map((one, i) => ({ _: "pollAnswer", text: plain(one.text), option: option(i) })),
    },
    results: {
      _: "pollResults",
      results: poll.answers.map(({ voters, chosen }, i) => ({
        _: "pollAnswerVoters",
        option: option(i),
        voters,
        chosen: chosen || undefined,
      })),
      total_voters: poll.total_voters,
    },
  };
}
