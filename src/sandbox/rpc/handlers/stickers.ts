import type * as Tl from "../../tl/types.js";
import type { Handlers } from "../handler.js";
import { refuse } from "./refuse.js";

const none = { hash: 0n, sets: [] };

/** Sets that have a name were made by somebody, and there are none; the others are Telegram's own, and empty here. */
const ABSENT: ReadonlySet<Tl.TypeInputStickerSet["_"]> = new Set([
  ...(["inputStickerSetEmpty", "inputStickerSetID", "inputStickerSetShortName"] as const),
]);

const emptySet = (name: string): Tl.stickerSet => ({
  ...{ _: "stickerSet", official: true, id: 1n, access_hash: 1n, title: name.replace("inputStickerSet", "") },
  ...{ short_name: name.replace("inputStickerSet", ""), count: 0, hash: 0 },
});

/** There are no stickers, GIFs or emoji of one's own here: who asks is told that he has none. */
export const stickers = {
  "messages.getAllStickers": () => ({ _: "messages.allStickers", ...none }),
  "messages.getMaskStickers": () => ({ _: "messages.allStickers", ...none }),
  "messages.getEmojiStickers": () => ({ _: "messages.allStickers", ...none }),
  "messages.getStickers": () => ({ _: "messages.stickers", hash: 0n, stickers: [] }),
  "messages.getStickerSet": ({ stickerset }) => {
    if (ABSENT.has(stickerset._)) throw refuse("STICKERSET_INVALID");
    return { _: "messages.stickerSet", set: emptySet(stickerset._), packs: [], keywords: [], documents: [] };
  },
  "messages.getRecentStickers": () => ({ _: "messages.recentStickers", hash: 0n, packs: [], stickers: [], dates: [] }),
  "messages.getFavedStickers": () => ({ _: "messages.favedStickers", hash: 0n, packs: [], stickers: [] }),
  "messages.getFeaturedStickers": () => ({ _: "messages.featuredStickers", ...none, count: 0, unread: [] }),
  "messages.getFeaturedEmojiStickers": () => ({ _: "messages.featuredStickers", ...none, count: 0, unread: [] }),
  "messages.readFeaturedStickers": () => true,
  "messages.getArchivedStickers": () => ({ _: "messages.archivedStickers", count: 0, sets: [] }),
  "messages.searchStickerSets": () => ({ _: "messages.foundStickerSets", ...none }),
  "messages.getMyStickers": () => ({ _: "messages.myStickers", count: 0, sets: [] }),
  "messages.searchStickers": () => ({ _: "messages.foundStickers", hash: 0n, stickers: [] }),
  "messages.getSavedGifs": () => ({ _: "messages.savedGifs", hash: 0n, gifs: [] }),
  "messages.getCustomEmojiDocuments": () => [],
  "messages.getEmojiKeywords": ({ lang_code }) => ({
    _: "emojiKeywordsDifference",
    lang_code,
    from_version: 0,
    version: 1,
    keywords: [],
  }),
  "messages.getEmojiKeywordsDifference": ({ lang_code, from_version }) => ({
    _: "emojiKeywordsDifference",
    lang_code,
    from_version,
    version: 1,
    keywords: [],
  }),
  "messages.getEmojiKeywordsLanguages": ({ lang_codes }) =>
    lang_codes.map((lang_code) => ({ _: "emojiLanguage", lang_code })),
  "messages.getEmojiGroups": () => ({ _: "messages.emojiGroups", hash: 0, groups: [] }),
  "messages.getEmojiStickerGroups": () => ({ _: "messages.emojiGroups", hash: 0, groups: [] }),
  "messages.getEmojiStatusGroups": () => ({ _: "messages.emojiGroups", hash: 0, groups: [] }),
  "messages.getEmojiProfilePhotoGroups": () => ({ _: "messages.emojiGroups", hash: 0, groups: [] }),
  "account.getDefaultEmojiStatuses": () => ({ _: "account.emojiStatuses", hash: 0n, statuses: [] }),
  "account.getRecentEmojiStatuses": () => ({ _: "account.emojiStatuses", hash: 0n, statuses: [] }),
  "account.getChannelDefaultEmojiStatuses": () => ({ _: "account.emojiStatuses", hash: 0n, statuses: [] }),
  "account.getCollectibleEmojiStatuses": () => ({ _: "account.emojiStatuses", hash: 0n, statuses: [] }),
  "account.getChannelRestrictedStatusEmojis": () => ({ _: "emojiList", hash: 0n, document_id: [] }),
  "account.getDefaultProfilePhotoEmojis": () => ({ _: "emojiList", hash: 0n, document_id: [] }),
  "account.getDefaultGroupPhotoEmojis": () => ({ _: "emojiList", hash: 0n, document_id: [] }),
  "account.getDefaultBackgroundEmojis": () => ({ _: "emojiList", hash: 0n, document_id: [] }),
  "account.getSavedRingtones": () => ({ _: "account.savedRingtones", hash: 0n, ringtones: [] }),
  "account.getWallPapers": () => ({ _: "account.wallPapers", hash: 0n, wallpapers: [] }),
  "account.getThemes": () => ({ _: "account.themes", hash: 0n, themes: [] }),
  "account.getChatThemes": () => ({ _: "account.themes", hash: 0n, themes: [] }),
} satisfies Handlers;
