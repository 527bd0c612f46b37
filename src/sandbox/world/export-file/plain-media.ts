import type * as Tl from "../../tl/types.js";
import type { ExportedMessage } from "./schema.js";

/** Contacts, places and polls: media without a file. */
export function plainMedia(message: ExportedMessage): Tl.TypeMessageMedia | undefined {
  const { contact_information: contact, location_information: place, poll } = message;
  if (contact) {
    const { phone_number, first_name, last_name } = contact;
    return { _: "messageMediaContact", phone_number, first_name, last_name, vcard: "", user_id: 0n };
  }
  if (place) return location(message, { _: "geoPoint", lat: place.latitude, long: place.longitude, access_hash: 0n });
  return poll && readPoll(message.id, poll);
}

function location({ place_name, address }: ExportedMessage, geo: Tl.geoPoint): Tl.TypeMessageMedia {
  if (place_name === undefined) return { _: "messageMediaGeo", geo };
  const nowhere = { provider: "", venue_id: "", venue_type: "" };
  return { _: "messageMediaVenue", geo, title: place_name, address: address ?? "", ...nowhere };
}

const plain = (text: string): Tl.textWithEntities => ({ _: "textWithEntities", text, entities: [] });

function readPoll(id: number, poll: NonNullable<ExportedMessage["poll"]>): Tl.messageMediaPoll {
  const option = (index: number) => Uint8Array.of(index);
  return {
    _: "messageMediaPoll",
    poll: {
      _: "poll",
      id: BigInt(id),
      closed: poll.closed || undefined,
      question: plain(poll.question),
      answers: poll.answers.map((one, i) => ({ _: "pollAnswer", text: plain(one.text), option: option(i) })),
    },
    results: {
      _: "pollResults",
      results: poll.answers.map(({ voters }, i) => ({ _: "pollAnswerVoters", option: option(i), voters })),
      total_voters: poll.total_voters,
    },
  };
}
