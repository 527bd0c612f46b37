import type { Api } from "telegram";
import { markChannel, markedId, toIso, toNumber } from "./ids.js";
import { documentMedia, photoFields } from "./media-file.js";
import { toPoll, type Poll } from "./poll.js";
import { present } from "./present.js";

/** What a message holds beside its text. */
export type MediaType =
  | "photo"
  | "video"
  | "video_note"
  | "voice"
  | "audio"
  | "sticker"
  | "animation"
  | "document"
  | "web_page"
  | "contact"
  | "location"
  | "venue"
  | "poll"
  | "dice"
  | "game"
  | "invoice"
  | "story"
  | "giveaway"
  | "paid"
  | "other";

/** What is attached to a message. */
export interface Media {
  readonly type: MediaType;
  /** Telegram's id of the photo or document: equal files that were forwarded share it. A 64-bit number as a string. */
  readonly fileId?: string;
  /** As the sender named it: not safe as a path. */
  readonly fileName?: string;
  readonly mimeType?: string;
  readonly sizeBytes?: number;
  /** In pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly durationSeconds?: number;
  /** Of a piece of music, a web page, a game, an invoice or a venue. */
  readonly title?: string;
  /** Of a piece of music. */
  readonly performer?: string;
  /** Of a web page, a game, an invoice or a giveaway. */
  readonly description?: string;
  /** Of a sticker: what it stands for. Of a dice: which. */
  readonly emoji?: string;
  /** What a dice shows. */
  readonly value?: number;
  /** The address of a web page preview. */
  readonly url?: string;
  readonly siteName?: string;
  readonly contact?: SentContact;
  /** Of a location or venue. */
  readonly location?: Location;
  /** Of a venue. */
  readonly address?: string;
  readonly poll?: Poll;
  /** Of an invoice: in the smallest unit of the currency, as a string. */
  readonly amount?: string;
  readonly currency?: string;
  readonly receiptMessageId?: number;
  /** Of paid media: what it costs in Telegram's stars, as a string. */
  readonly stars?: string;
  /** Of a story: whose, and which. */
  readonly storyChatId?: number;
  readonly storyId?: number;
  readonly giveaway?: Giveaway;
  /** Covered until somebody taps it. */
  readonly isSpoiler?: true;
  /** Deletes itself so long after it was opened. */
  readonly selfDestructSeconds?: number;
}

/** Somebody's address as it was sent in a message. */
export interface SentContact {
  /** As it was sent. */
  readonly phone: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly vcard?: string;
  /** Where that person is on Telegram. */
  readonly userId?: number;
}

/** A place on the map. */
export interface Location {
  /** In degrees. */
  readonly latitude: number;
  /** In degrees. */
  readonly longitude: number;
  readonly accuracyMetres?: number;
  /** Of a live location: how long it is updated. */
  readonly livePeriodSeconds?: number;
}

/** Premium subscriptions or stars that a channel gives away. */
export interface Giveaway {
  readonly channelIds: readonly number[];
  readonly quantity: number;
  /** ISO time. */
  readonly untilDate: string;
  readonly months?: number;
  readonly stars?: string;
  /** Of results. */
  readonly winnerIds?: readonly number[];
  readonly launchMessageId?: number;
}

export function toMedia(media: Api.TypeMessageMedia): Media | undefined {
  switch (media.className) {
    case "MessageMediaEmpty":
      return undefined;
    case "MessageMediaPhoto":
      return { type: "photo", ...photoFields(media.photo), ...hidden(media) };
    case "MessageMediaDocument": {
      const file: Media =
        media.document?.className === "Document" ? documentMedia(media.document) : { type: "document" };
      return { ...file, ...hidden(media) };
    }
    case "MessageMediaWebPage":
      return { type: "web_page", ...webPage(media.webpage) };
    case "MessageMediaContact":
      return { type: "contact", contact: contact(media) };
    case "MessageMediaGeo":
      return { type: "location", ...present({ location: location(media.geo) }) };
    case "MessageMediaGeoLive":
      return { type: "location", ...present({ location: location(media.geo, media.period) }) };
    case "MessageMediaVenue": {
      const { title, address } = media;
      return { type: "venue", ...present({ location: location(media.geo), title, address }) };
    }
    case "MessageMediaPoll":
      return { type: "poll", poll: toPoll(media) };
    case "MessageMediaDice":
      return { type: "dice", emoji: media.emoticon, value: media.value };
    default:
      return rareMedia(media);
  }
}

/** What hardly any message has. */
function rareMedia(media: Api.TypeMessageMedia): Media {
  switch (media.className) {
    case "MessageMediaGame":
      return { type: "game", ...present({ title: media.game.title, description: media.game.description }) };
    case "MessageMediaInvoice": {
      const { title, description, currency, receiptMsgId } = media;
      const amount = media.totalAmount.toString();
      return { type: "invoice", ...present({ title, description, currency, amount, receiptMessageId: receiptMsgId }) };
    }
    case "MessageMediaStory":
      return { type: "story", storyChatId: markedId(media.peer), storyId: media.id };
    case "MessageMediaGiveaway":
    case "MessageMediaGiveawayResults":
      return { type: "giveaway", giveaway: giveaway(media), ...present({ description: media.prizeDescription }) };
    case "MessageMediaPaidMedia":
      return { type: "paid", stars: media.starsAmount.toString() };
    default:
      return { type: "other" };
  }
}

const hidden = ({ spoiler, ttlSeconds }: Api.MessageMediaPhoto | Api.MessageMediaDocument): Partial<Media> =>
  present({ isSpoiler: spoiler ? (true as const) : undefined, selfDestructSeconds: ttlSeconds });

function webPage(page: Api.TypeWebPage): Partial<Media> {
  if (page.className !== "WebPage") return present({ url: "url" in page ? page.url : undefined });
  const { url, siteName, title, description } = page;
  return present({ url, siteName, title, description });
}

function contact({ phoneNumber, firstName, lastName, vcard, userId }: Api.MessageMediaContact): SentContact {
  const id = toNumber(userId);
  return { phone: phoneNumber, ...present({ firstName, lastName, vcard, userId: id === 0 ? undefined : id }) };
}

function location(geo: Api.TypeGeoPoint, livePeriodSeconds?: number): Location | undefined {
  if (geo.className !== "GeoPoint") return undefined;
  const { lat: latitude, long: longitude, accuracyRadius: accuracyMetres } = geo;
  return { latitude, longitude, ...present({ accuracyMetres, livePeriodSeconds }) };
}

function giveaway(media: Api.MessageMediaGiveaway | Api.MessageMediaGiveawayResults): Giveaway {
  const shared = present({ months: media.months, stars: media.stars?.toString() });
  const untilDate = toIso(media.untilDate);
  if (media.className === "MessageMediaGiveaway") {
    const channelIds = media.channels.map((id) => markChannel(toNumber(id)));
    return { channelIds, quantity: media.quantity, untilDate, ...shared };
  }
  return {
    channelIds: [markChannel(toNumber(media.channelId))],
    quantity: media.winnersCount,
    untilDate,
    ...shared,
    winnerIds: media.winners.map(toNumber),
    launchMessageId: media.launchMsgId,
  };
}
