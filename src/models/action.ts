import type { Api } from "telegram";
import { markChannel, markGroup, toIso, toNumber } from "./ids.js";
import { photoFields } from "./media-file.js";
import type { Media } from "./media.js";
import type { Names } from "./names.js";
import { present } from "./present.js";

/** What a service message tells beside its action's name; which fields there are depends on the action. */
export interface ActionDetails {
  /** Who was added, removed, invited, or is in the new group. */
  readonly userIds?: readonly number[];
  /** Their names in the same order, where the answer carries them all. */
  readonly userNames?: readonly string[];
  /** Whose invite link was used. */
  readonly inviterId?: number;
  /** The new title, of a chat or a topic. */
  readonly title?: string;
  /** What the message says, where the text comes from Telegram, a bot or a giver. */
  readonly text?: string;
  /** The supergroup that a group became, or the group it was. */
  readonly chatId?: number;
  /** The message that was pinned, scored in or paid for. */
  readonly messageId?: number;
  /** The new photo. */
  readonly photo?: Media;
  /** Who came near whom. */
  readonly fromId?: number;
  readonly toId?: number;
  readonly distanceMetres?: number;
  /** Chats that were shared with a bot, got a boost, or gave a refund or gift. */
  readonly peerIds?: readonly number[];
  /** Of a call. A 64-bit number as a string. */
  readonly callId?: string;
  readonly durationSeconds?: number;
  readonly isVideo?: boolean;
  /** Why a call ended: `missed`, `hangup`, `busy`, `disconnect`. */
  readonly reason?: string;
  /** Messages now delete themselves after so long; 0: they stay. */
  readonly periodSeconds?: number;
  /** ISO time. */
  readonly scheduleDate?: string;
  /** ISO time. */
  readonly subscriptionUntilDate?: string;
  /** Of a chat's theme. */
  readonly emoji?: string;
  /** Of a topic: RGB. */
  readonly iconColor?: number;
  /** A 64-bit number as a string. */
  readonly iconEmojiId?: string;
  readonly isClosed?: boolean;
  readonly isHidden?: boolean;
  /** The web site or app that the account was allowed to log in to. */
  readonly domain?: string;
  readonly gameId?: string;
  readonly score?: number;
  /** In the smallest unit of the currency, as a string. */
  readonly amount?: string;
  readonly currency?: string;
  readonly cryptoAmount?: string;
  readonly cryptoCurrency?: string;
  readonly invoiceSlug?: string;
  readonly transactionId?: string;
  readonly months?: number;
  /** Telegram's stars, as a string. */
  readonly stars?: string;
  readonly slug?: string;
  readonly boosts?: number;
  readonly winnersCount?: number;
  readonly unclaimedCount?: number;
  readonly giveawayMessageId?: number;
  readonly giftId?: string;
  readonly buttonId?: number;
  /** What a passport request was given: TL's names without `secureValueType`. */
  readonly types?: readonly string[];
}

type Fields = Partial<Record<keyof ActionDetails, unknown>>;
type Told = (value: unknown) => Fields;

/** Most actions name the same things alike: one line for each name that TL uses (core.telegram.org/type/MessageAction). */
const TOLD: Readonly<Record<string, Told>> = {
  users: (value) => ({ userIds: list(value).flatMap((id) => numberOf(id) ?? []) }),
  userId: (value) => ({ userIds: [numberOf(value)] }),
  inviterId: (value) => ({ inviterId: numberOf(value) }),
  title: (title) => ({ title }),
  message: (value) => ({ text: textOf(value) }),
  text: (text) => ({ text }),
  channelId: (value) => ({ chatId: marked(value, markChannel) }),
  chatId: (value) => ({ chatId: marked(value, markGroup) }),
  fromId: (value) => ({ fromId: peerId(value) }),
  toId: (value) => ({ toId: peerId(value) }),
  distance: (distanceMetres) => ({ distanceMetres }),
  peer: (value) => ({ peerIds: [peerId(value)] }),
  boostPeer: (value) => ({ peerIds: [peerId(value)] }),
  peers: (value) => ({ peerIds: list(value).flatMap((peer) => peerId(peer) ?? []) }),
  callId: (value) => ({ callId: longText(value) }),
  call: (value) => ({ callId: longText(fieldOf(value, "id")) }),
  duration: (durationSeconds) => ({ durationSeconds }),
  video: (isVideo) => ({ isVideo }),
  reason: (value) => ({ reason: nameOf(value, /^PhoneCallDiscardReason/) }),
  period: (periodSeconds) => ({ periodSeconds }),
  scheduleDate: (value) => ({ scheduleDate: isoOf(value) }),
  subscriptionUntilDate: (value) => ({ subscriptionUntilDate: isoOf(value) }),
  emoticon: (emoji) => ({ emoji }),
  iconColor: (iconColor) => ({ iconColor }),
  iconEmojiId: (value) => ({ iconEmojiId: longText(value) }),
  closed: (isClosed) => ({ isClosed }),
  hidden: (isHidden) => ({ isHidden }),
  domain: (domain) => ({ domain }),
  app: (value) => ({ domain: fieldOf(value, "shortName") }),
  gameId: (value) => ({ gameId: longText(value) }),
  score: (score) => ({ score }),
  currency: (currency) => ({ currency }),
  totalAmount: (value) => ({ amount: longText(value) }),
  amount: (value) => ({ amount: longText(value) }),
  cryptoAmount: (value) => ({ cryptoAmount: longText(value) }),
  cryptoCurrency: (cryptoCurrency) => ({ cryptoCurrency }),
  invoiceSlug: (invoiceSlug) => ({ invoiceSlug }),
  transactionId: (transactionId) => ({ transactionId }),
  months: (months) => ({ months }),
  stars: (value) => ({ stars: longText(value) }),
  slug: (slug) => ({ slug }),
  boosts: (boosts) => ({ boosts }),
  winnersCount: (winnersCount) => ({ winnersCount }),
  unclaimedCount: (unclaimedCount) => ({ unclaimedCount }),
  giveawayMsgId: (giveawayMessageId) => ({ giveawayMessageId }),
  gift: (value) => ({ giftId: longText(fieldOf(value, "id")) }),
  buttonId: (buttonId) => ({ buttonId }),
  types: (value) => ({ types: list(value).map((type) => nameOf(type, /^SecureValueType/)) }),
};

/** `undefined` when the action's name says it all. */
export function toActionDetails(message: Api.MessageService, names?: Names): ActionDetails | undefined {
  const { action } = message;
  const entries: [string, unknown][] = Object.entries(action);
  const told = entries.reduce<Fields>(
    (fields, [name, value]) => (isAbsent(value) ? fields : { ...fields, ...TOLD[name]?.(value) }),
    {},
  );
  const details = present({ ...told, ...photoOf(action), messageId: answered(message) }) as ActionDetails;
  const userNames = details.userIds?.flatMap((id) => names?.get(id)?.name ?? []);
  const named = userNames !== undefined && userNames.length > 0 && userNames.length === details.userIds?.length;
  const whole = named ? { ...details, userNames } : details;
  return Object.keys(whole).length > 0 ? whole : undefined;
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

function photoOf(action: Api.TypeMessageAction): Fields {
  const isPhoto =
    action.className === "MessageActionChatEditPhoto" || action.className === "MessageActionSuggestProfilePhoto";
  return isPhoto ? { photo: { type: "photo", ...photoFields(action.photo) } } : {};
}

/** Pinning, scoring and paying are answers to the message they are about. */
function answered({ action, replyTo }: Api.MessageService): number | undefined {
  const isAbout = /^MessageAction(PinMessage|GameScore|Payment|SetChatWallPaper)/.test(action.className);
  return isAbout && replyTo?.className === "MessageReplyHeader" ? replyTo.replyToMsgId : undefined;
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;

interface Long {
  toJSNumber(): number;
  toString(): string;
}
const isLong = (value: unknown): value is Long =>
  typeof value === "object" && value !== null && "toJSNumber" in value && typeof value.toJSNumber === "function";
const numberOf = (value: unknown): number | undefined => (isLong(value) ? toNumber(value) : undefined);
const longText = (value: unknown): string | undefined => (isLong(value) ? value.toString() : undefined);
const isoOf = (value: unknown): string | undefined => (typeof value === "number" ? toIso(value) : undefined);

function marked(value: unknown, mark: (id: number) => number): number | undefined {
  const id = numberOf(value);
  return id === undefined ? undefined : mark(id);
}

/** A peer, or one that was shared with a bot and carries names besides. */
function peerId(value: unknown): number | undefined {
  return (
    numberOf(fieldOf(value, "userId")) ??
    marked(fieldOf(value, "chatId"), markGroup) ??
    marked(fieldOf(value, "channelId"), markChannel)
  );
}

const textOf = (value: unknown): unknown => (typeof value === "string" ? value : fieldOf(value, "text"));

function nameOf(value: unknown, prefix: RegExp): string | undefined {
  const name = typeof value === "object" && value !== null && "className" in value ? String(value.className) : "";
  const rest = name.replace(prefix, "");
  return rest === "" ? undefined : rest.charAt(0).toLowerCase() + rest.slice(1);
}
