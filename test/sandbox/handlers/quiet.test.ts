import { expect, test } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { openLine, OMAR, pair, type Wired } from "./wire.js";

type Asking = { readonly [M in Tl.MethodName]?: (who: Wired) => Omit<Tl.Methods[M]["request"], "_"> };

const none = () => ({});
const byHash = () => ({ hash: 0n });
const byNumber = () => ({ hash: 0 });
const english = () => ({ lang_pack: "", lang_code: "en" });
const club = (who: Wired) => ({ peer: who.peer("@club_test") });
const page = { offset_id: 0, offset_date: 0, add_offset: 0, limit: 10, max_id: 0, min_id: 0, hash: 0n };

/** What clients ask for at start and by the way, with what they ask. */
const ASKED: Asking = {
  "account.getAccountTTL": none,
  "account.getAutoDownloadSettings": none,
  "account.getAutoSaveSettings": none,
  "account.getBusinessChatLinks": none,
  "account.getChannelDefaultEmojiStatuses": byHash,
  "account.getChannelRestrictedStatusEmojis": byHash,
  "account.getChatThemes": byHash,
  "account.getCollectibleEmojiStatuses": byHash,
  "account.getConnectedBots": none,
  "account.getContactSignUpNotification": none,
  "account.getContentSettings": none,
  "account.getDefaultBackgroundEmojis": byHash,
  "account.getDefaultEmojiStatuses": byHash,
  "account.getDefaultGroupPhotoEmojis": byHash,
  "account.getDefaultProfilePhotoEmojis": byHash,
  "account.getGlobalPrivacySettings": none,
  "account.getNotifyExceptions": none,
  "account.getReactionsNotifySettings": none,
  "account.getRecentEmojiStatuses": byHash,
  "account.getSavedRingtones": byHash,
  "account.getThemes": () => ({ format: "android", hash: 0n }),
  "account.getWallPapers": byHash,
  "account.getWebAuthorizations": none,
  "account.registerDevice": () => ({
    ...{ token_type: 1, token: "t", app_sandbox: false, secret: Buffer.alloc(0), other_uids: [] },
  }),
  "account.reportPeer": (who) => ({ ...club(who), reason: { _: "inputReportReasonSpam" }, message: "" }),
  "account.setContactSignUpNotification": () => ({ silent: true }),
  "account.unregisterDevice": () => ({ token_type: 1, token: "t", other_uids: [] }),
  "account.updateDeviceLocked": () => ({ period: 0 }),
  "channels.getChannelRecommendations": none,
  "channels.getInactiveChannels": none,
  "channels.getSendAs": club,
  "contacts.editCloseFriends": () => ({ id: [] }),
  "contacts.getBirthdays": none,
  "contacts.getTopPeers": () => ({ offset: 0, limit: 10, hash: 0n }),
  "contacts.resetSaved": none,
  "contacts.resetTopPeerRating": (who) => ({ ...club(who), category: { _: "topPeerCategoryGroups" } }),
  "contacts.toggleTopPeers": () => ({ enabled: true }),
  "help.acceptTermsOfService": () => ({ id: { _: "dataJSON", data: "{}" } }),
  "help.dismissSuggestion": (who) => ({ ...club(who), suggestion: "X" }),
  "help.getAppConfig": byNumber,
  "help.getAppUpdate": () => ({ source: "" }),
  "help.getCdnConfig": none,
  "help.getCountriesList": () => ({ lang_code: "en", hash: 0 }),
  "help.getDeepLinkInfo": () => ({ path: "x" }),
  "help.getInviteText": none,
  "help.getPassportConfig": byNumber,
  "help.getPeerColors": byNumber,
  "help.getPeerProfileColors": byNumber,
  "help.getPremiumPromo": none,
  "help.getPromoData": none,
  "help.getRecentMeUrls": () => ({ referer: "" }),
  "help.getSupport": none,
  "help.getSupportName": none,
  "help.getTermsOfServiceUpdate": none,
  "help.getTimezonesList": byNumber,
  "help.getUserInfo": (who) => ({ user_id: who.user(OMAR) }),
  "help.hidePromoData": club,
  "help.saveAppLog": () => ({ events: [] }),
  "langpack.getDifference": () => ({ ...english(), from_version: 1 }),
  "langpack.getLangPack": english,
  "langpack.getLanguage": english,
  "langpack.getLanguages": () => ({ lang_pack: "" }),
  "langpack.getStrings": () => ({ ...english(), keys: ["A"] }),
  "messages.clearRecentReactions": none,
  "messages.getAllStickers": byHash,
  "messages.getArchivedStickers": () => ({ offset_id: 0n, limit: 10 }),
  "messages.getAttachMenuBots": byHash,
  "messages.getCustomEmojiDocuments": () => ({ document_id: [] }),
  "messages.getDefaultHistoryTTL": none,
  "messages.getDefaultTagReactions": byHash,
  "messages.getEmojiGroups": byNumber,
  "messages.getEmojiKeywords": () => ({ lang_code: "en" }),
  "messages.getEmojiKeywordsDifference": () => ({ lang_code: "en", from_version: 1 }),
  "messages.getEmojiKeywordsLanguages": () => ({ lang_codes: ["en"] }),
  "messages.getEmojiProfilePhotoGroups": byNumber,
  "messages.getEmojiStatusGroups": byNumber,
  "messages.getEmojiStickers": byHash,
  "messages.getFactCheck": (who) => ({ ...club(who), msg_id: [2] }),
  "messages.getFavedStickers": byHash,
  "messages.getFeaturedEmojiStickers": byHash,
  "messages.getFeaturedStickers": byHash,
  "messages.getMaskStickers": byHash,
  "messages.getMessageEditData": (who) => ({ ...club(who), id: 2 }),
  "messages.getOnlines": club,
  "messages.getPeerSettings": (who) => ({ peer: who.peer("@omar_test") }),
  "messages.getPinnedSavedDialogs": none,
  "messages.getQuickReplies": byHash,
  "messages.getRecentReactions": () => ({ limit: 10, hash: 0n }),
  "messages.getRecentStickers": byHash,
  "messages.getSavedDialogs": () => ({
    ...{ offset_date: 0, offset_id: 0, offset_peer: { _: "inputPeerEmpty" }, limit: 10, hash: 0n },
  }),
  "messages.getSavedGifs": byHash,
  "messages.getSavedHistory": (who) => ({ peer: who.peer("@omar_test"), ...page }),
  "messages.getSavedReactionTags": byHash,
  "messages.getSponsoredMessages": club,
  "messages.getStickers": () => ({ emoticon: "🐳", hash: 0n }),
  "messages.getSuggestedDialogFilters": none,
  "messages.getTopReactions": () => ({ limit: 10, hash: 0n }),
  "messages.getUnreadReactions": (who) => ({ ...club(who), ...page }),
  "messages.getWebPage": () => ({ url: "https://club.example", hash: 0 }),
  "messages.getWebPagePreview": () => ({ message: "https://club.example" }),
  "messages.hidePeerSettingsBar": club,
  "messages.readFeaturedStickers": () => ({ id: [] }),
  "messages.readReactions": club,
  "messages.receivedMessages": () => ({ max_id: 0 }),
  "messages.reportSpam": club,
  "messages.searchStickerSets": () => ({ q: "x", hash: 0n }),
  "messages.setDefaultReaction": () => ({ reaction: { _: "reactionEmoji", emoticon: "🔥" } }),
  "payments.getPremiumGiftCodeOptions": none,
  "payments.getStarGifts": byNumber,
  "payments.getStarsStatus": club,
  "premium.getMyBoosts": none,
  "stories.getAllStories": none,
  "stories.getPeerMaxIDs": () => ({ id: [] }),
  "stories.getPeerStories": club,
  "stories.getPinnedStories": (who) => ({ ...club(who), offset_id: 0, limit: 10 }),
  "stories.getStoriesArchive": (who) => ({ ...club(who), offset_id: 0, limit: 10 }),
  "stories.getStoriesByID": (who) => ({ ...club(who), id: [1] }),
  "users.getIsPremiumRequiredToContact": (who) => ({ id: [who.user(OMAR)] }),
};

test("what clients ask for by the way is answered in the form that the schema says", async () => {
  await using line = await openLine();
  const [lina] = pair(line);
  const outcomes: Record<string, string> = {};
  for (const [method, request] of Object.entries(ASKED)) {
    const outcome = await lina.refused(method as Tl.MethodName, request(lina));
    if (outcome !== "ok") outcomes[method] = outcome;
  }
  expect(outcomes).toEqual({});
  expect(line.sandbox.problems).toEqual([]);
  expect([...line.sandbox.unserved]).toEqual([]);
});

test("what is set for an account is read again", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  await lina.ask("account.setAccountTTL", { ttl: { _: "accountDaysTTL", days: 180 } });
  expect((await lina.ask("account.getAccountTTL", {})).days).toBe(180);
  expect((await omar.ask("account.getAccountTTL", {})).days).toBe(365);
  expect(await lina.refused("account.setAccountTTL", { ttl: { _: "accountDaysTTL", days: 3 } })).toBe(
    "TTL_DAYS_INVALID",
  );
  const settings = { _: "globalPrivacySettings", hide_read_marks: true } as const;
  await lina.ask("account.setGlobalPrivacySettings", { settings });
  expect(await lina.ask("account.getGlobalPrivacySettings", {})).toEqual(settings);
  expect(await lina.refused("langpack.getLanguage", { lang_pack: "", lang_code: "xx" })).toBe(
    "LANG_CODE_NOT_SUPPORTED",
  );
  const short = { _: "inputStickerSetShortName", short_name: "whales" } as const;
  expect(await lina.refused("messages.getStickerSet", { stickerset: short, hash: 0 })).toBe("STICKERSET_INVALID");
});

test("above a chat with somebody unknown there is a bar, until it is put away", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  await omar.ask("contacts.deleteContacts", { id: [omar.user(lina.me)] });
  const peer = omar.peer("@lina_test");
  expect((await omar.ask("messages.getPeerSettings", { peer })).settings.add_contact).toBe(true);
  await omar.ask("messages.hidePeerSettingsBar", { peer });
  expect((await omar.ask("messages.getPeerSettings", { peer })).settings.add_contact).toBeUndefined();
});

test("a method that is known and not served says so, and is reported", async () => {
  await using line = await openLine();
  const [lina] = pair(line);
  expect(await lina.refused("phone.getCallConfig", {})).toBe("SANDBOX_NOT_IMPLEMENTED");
  expect([...line.sandbox.unserved]).toEqual([["phone.getCallConfig", 1]]);
});
