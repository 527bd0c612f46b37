import type * as Tl from "../../tl/types.js";
import type { Message } from "../../world/message.js";

type Attribute = Tl.TypeDocumentAttribute["_"];

const isPhoto = ({ media, action }: Message): boolean => media?.kind === "photo" && !action;
export const isRound = ({ media }: Message): boolean =>
  media?.kind === "document" &&
  media.attributes.some((attribute) => attribute._ === "documentAttributeVideo" && attribute.round_message === true);
export const isVoice = ({ media }: Message): boolean =>
  media?.kind === "document" &&
  media.attributes.some((attribute) => attribute._ === "documentAttributeAudio" && attribute.voice === true);
const has = ({ media }: Message, name: Attribute): boolean =>
  media?.kind === "document" && media.attributes.some((attribute) => attribute._ === name);
const isGif = (message: Message): boolean => has(message, "documentAttributeAnimated");
const isVideo = (message: Message): boolean =>
  has(message, "documentAttributeVideo") && !isGif(message) && !isRound(message);
const isMusic = (message: Message): boolean => has(message, "documentAttributeAudio") && !isVoice(message);
const isFile = (message: Message): boolean =>
  message.media?.kind === "document" &&
  !["documentAttributeVideo", "documentAttributeAudio", "documentAttributeSticker", "documentAttributeAnimated"].some(
    (name) => message.media?.kind === "document" && message.media.attributes.some((attribute) => attribute._ === name),
  );
const hasLink = ({ entities }: Message): boolean =>
  entities?.some((entity) => entity._ === "messageEntityUrl" || entity._ === "messageEntityTextUrl") ?? false;
const isPlain = ({ media }: Message, names: readonly Tl.TypeMessageMedia["_"][]): boolean =>
  media?.kind === "plain" && names.includes(media.media._);
/** Whether a message is of the kind that a search asks for. @param callsMe tells whether one calls whoever searches */
export function passes(
  message: Message,
  filter: Tl.TypeMessagesFilter,
  callsMe: (message: Message) => boolean,
): boolean {
  switch (filter._) {
    case "inputMessagesFilterEmpty":
      return true;
    case "inputMessagesFilterPinned":
      return message.pinned === true;
    case "inputMessagesFilterPhotos":
      return isPhoto(message);
    case "inputMessagesFilterVideo":
      return isVideo(message);
    case "inputMessagesFilterPhotoVideo":
      return isPhoto(message) || isVideo(message);
    case "inputMessagesFilterDocument":
      return isFile(message);
    case "inputMessagesFilterUrl":
      return hasLink(message);
    case "inputMessagesFilterGif":
      return isGif(message);
    case "inputMessagesFilterVoice":
      return isVoice(message);
    case "inputMessagesFilterMusic":
      return isMusic(message);
    case "inputMessagesFilterRoundVideo":
      return isRound(message);
    case "inputMessagesFilterRoundVoice":
      return isRound(message) || isVoice(message);
    case "inputMessagesFilterChatPhotos":
      return message.action?._ === "messageActionChatEditPhoto";
    case "inputMessagesFilterGeo":
      return isPlain(message, ["messageMediaGeo", "messageMediaVenue", "messageMediaGeoLive"]);
    case "inputMessagesFilterContacts":
      return isPlain(message, ["messageMediaContact"]);
    case "inputMessagesFilterMyMentions":
      return callsMe(message);
    case "inputMessagesFilterPhoneCalls":
      return message.action?._ === "messageActionPhoneCall";
  }
}
