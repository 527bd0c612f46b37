import type { MethodClass } from "../call.js";

/**
 * Every method of layer 198, classified once by what it does:
 *
 * - `read`: tells something and changes nothing that anybody can notice;
 * - `trace`: tells something but leaves a trace: marks as read, shows as typing or online, asks a third party's bot or server;
 * - `write`: changes something at Telegram, for the account or for others;
 * - `login`: belongs to logging in and out and to carrying a login to another data centre;
 * - `danger`: can cost the account, its password, its devices or its money;
 * - `wrapper`: carries another request, which is what counts;
 * - `service`: MTProto's own, which the transport sends by itself.
 *
 * In doubt a method stands in the stricter class. What is not listed is refused.
 */
const TABLE: Readonly<Record<string, Partial<Record<MethodClass, string>>>> = {
  "": {
    wrapper: `invokeAfterMsg invokeAfterMsgs initConnection invokeWithLayer invokeWithoutUpdates
      invokeWithMessagesRange invokeWithTakeout invokeWithBusinessConnection invokeWithGooglePlayIntegrity
      invokeWithApnsSecret`,
    service: `req_pq req_pq_multi req_DH_params set_client_DH_params rpc_drop_answer get_future_salts ping
      ping_delay_disconnect destroy_session`,
    danger: `destroy_auth_key`,
  },
  auth: {
    login: `sendCode signUp signIn logOut exportAuthorization importAuthorization bindTempAuthKey
      importBotAuthorization checkPassword requestPasswordRecovery recoverPassword resendCode cancelCode
      exportLoginToken importLoginToken checkRecoveryPassword importWebTokenAuthorization requestFirebaseSms
      resetLoginEmail reportMissingCode`,
    danger: `resetAuthorizations dropTempAuthKeys acceptLoginToken`,
  },
  account: {
    read: `getNotifySettings getWallPapers checkUsername getPrivacy getAccountTTL getAuthorizations getPassword
      getWebAuthorizations getContactSignUpNotification getNotifyExceptions getWallPaper getAutoDownloadSettings
      getTheme getThemes getContentSettings getMultiWallPapers getGlobalPrivacySettings getChatThemes
      getSavedRingtones getDefaultEmojiStatuses getRecentEmojiStatuses getDefaultProfilePhotoEmojis
      getDefaultGroupPhotoEmojis getAutoSaveSettings getDefaultBackgroundEmojis getChannelDefaultEmojiStatuses
      getChannelRestrictedStatusEmojis getConnectedBots getBotBusinessConnection getBusinessChatLinks
      getReactionsNotifySettings getCollectibleEmojiStatuses`,
    trace: `updateStatus initTakeoutSession finishTakeoutSession getAuthorizationForm resolveBusinessChatLink`,
    write: `registerDevice unregisterDevice updateNotifySettings resetNotifySettings updateProfile reportPeer
      updateUsername setPrivacy updateDeviceLocked setContactSignUpNotification uploadWallPaper saveWallPaper
      installWallPaper resetWallPapers saveAutoDownloadSettings uploadTheme createTheme updateTheme saveTheme
      installTheme setContentSettings setGlobalPrivacySettings reportProfilePhoto saveRingtone uploadRingtone
      updateEmojiStatus clearRecentEmojiStatuses reorderUsernames toggleUsername saveAutoSaveSettings
      deleteAutoSaveExceptions updateColor updateBusinessWorkHours updateBusinessLocation
      updateBusinessGreetingMessage updateBusinessAwayMessage updateBusinessIntro toggleConnectedBotPaused
      disablePeerConnectedBot updateBirthday createBusinessChatLink editBusinessChatLink deleteBusinessChatLink
      updatePersonalChannel toggleSponsoredMessages setReactionsNotifySettings`,
    login: `sendVerifyEmailCode verifyEmail`,
    danger: `deleteAccount setAccountTTL sendChangePhoneCode changePhone resetAuthorization getPasswordSettings
      updatePasswordSettings sendConfirmPhoneCode confirmPhone getTmpPassword resetWebAuthorization
      resetWebAuthorizations getAllSecureValues getSecureValue saveSecureValue deleteSecureValue
      acceptAuthorization sendVerifyPhoneCode verifyPhone confirmPasswordEmail resendPasswordEmail
      cancelPasswordEmail resetPassword declinePasswordReset setAuthorizationTTL changeAuthorizationSettings
      invalidateSignInCodes updateConnectedBot`,
  },
  users: {
    read: `getUsers getFullUser getIsPremiumRequiredToContact`,
    write: `setSecureValueErrors`,
  },
  contacts: {
    read: `getContactIDs getStatuses getContacts getBlocked search resolveUsername getTopPeers getSaved resolvePhone
      getBirthdays`,
    trace: `importContactToken`,
    write: `importContacts deleteContacts deleteByPhones block unblock resetTopPeerRating resetSaved toggleTopPeers
      addContact acceptContact getLocated blockFromReplies exportContactToken editCloseFriends setBlocked`,
  },
  messages: {
    read: `getMessages getDialogs getHistory search getPeerSettings getChats getFullChat getDhConfig getStickers
      getAllStickers checkChatInvite getStickerSet searchGlobal getDocumentByHash getSavedGifs getMessageEditData
      getPeerDialogs getAllDrafts getFeaturedStickers getRecentStickers getArchivedStickers getMaskStickers
      getAttachedStickers getGameHighScores getInlineGameHighScores getCommonChats getPinnedDialogs getFavedStickers
      getUnreadMentions getRecentLocations searchStickerSets getSplitRanges getDialogUnreadMarks getPollResults
      getOnlines getEmojiKeywords getEmojiKeywordsDifference getEmojiKeywordsLanguages getSearchCounters
      getScheduledHistory getScheduledMessages getPollVotes getDialogFilters getSuggestedDialogFilters
      getOldFeaturedStickers getReplies getDiscussionMessage checkHistoryImport getExportedChatInvites
      getExportedChatInvite getAdminsWithInvites getChatInviteImporters checkHistoryImportPeer
      getMessageReadParticipants getSearchResultsCalendar getSearchResultsPositions getMessagesReactions
      getMessageReactionsList getAvailableReactions getUnreadReactions searchSentMedia getAttachMenuBots
      getAttachMenuBot getCustomEmojiDocuments getEmojiStickers getFeaturedEmojiStickers getTopReactions
      getRecentReactions getExtendedMedia getDefaultHistoryTTL getEmojiGroups getEmojiStatusGroups
      getEmojiProfilePhotoGroups searchCustomEmoji getBotApp searchEmojiStickerSets getSavedDialogs getSavedHistory
      getPinnedSavedDialogs getSavedReactionTags getDefaultTagReactions getOutboxReadDate getQuickReplies
      checkQuickReplyShortcut getQuickReplyMessages getMyStickers getEmojiStickerGroups getAvailableEffects
      getFactCheck getPaidReactionPrivacy getSponsoredMessages getPreparedInlineMessage searchStickers`,
    trace: `readHistory receivedMessages setTyping setEncryptedTyping readEncryptedHistory receivedQueue
      readMessageContents getWebPagePreview getMessagesViews getInlineBotResults getBotCallbackAnswer
      readFeaturedStickers getWebPage readMentions requestUrlAuth readDiscussion readReactions translateText
      transcribeAudio requestWebView prolongWebView requestSimpleWebView requestAppWebView requestMainWebView
      viewSponsoredMessage clickSponsoredMessage reportMessagesDelivery getEmojiURL`,
    write: `deleteHistory deleteMessages sendMessage sendMedia forwardMessages reportSpam report editChatTitle
      editChatPhoto addChatUser deleteChatUser createChat requestEncryption acceptEncryption discardEncryption
      sendEncrypted sendEncryptedFile sendEncryptedService reportEncryptedSpam exportChatInvite importChatInvite
      installStickerSet uninstallStickerSet startBot editChatAdmin migrateChat reorderStickerSets saveGif
      setInlineBotResults sendInlineBotResult editMessage editInlineBotMessage setBotCallbackAnswer saveDraft
      saveRecentSticker clearRecentStickers setGameScore setInlineGameScore toggleDialogPin reorderPinnedDialogs
      setBotShippingResults setBotPrecheckoutResults uploadMedia sendScreenshotNotification faveSticker
      sendMultiMedia uploadEncryptedFile markDialogUnread clearAllDrafts updatePinnedMessage sendVote editChatAbout
      editChatDefaultBannedRights hidePeerSettingsBar sendScheduledMessages deleteScheduledMessages
      toggleStickerSets updateDialogFilter updateDialogFiltersOrder unpinAllMessages deleteChat
      deletePhoneCallHistory initHistoryImport uploadImportedMedia startHistoryImport editExportedChatInvite
      deleteRevokedExportedChatInvites deleteExportedChatInvite setHistoryTTL setChatTheme hideChatJoinRequest
      hideAllChatJoinRequests toggleNoForwards saveDefaultSendAs sendReaction setChatAvailableReactions
      setDefaultReaction toggleBotInAttachMenu sendWebViewResultMessage sendWebViewData rateTranscribedAudio
      reportReaction clearRecentReactions setDefaultHistoryTTL sendBotRequestedPeer togglePeerTranslations
      setChatWallPaper deleteSavedHistory toggleSavedDialogPin reorderPinnedSavedDialogs updateSavedReactionTag
      reorderQuickReplies editQuickReplyShortcut deleteQuickReplyShortcut sendQuickReplyMessages
      deleteQuickReplyMessages toggleDialogFilterTags editFactCheck deleteFactCheck togglePaidReactionPrivacy
      reportSponsoredMessage savePreparedInlineMessage`,
    danger: `acceptUrlAuth sendPaidReaction`,
  },
  updates: { read: `getState getDifference getChannelDifference` },
  photos: {
    read: `getUserPhotos`,
    write: `updateProfilePhoto uploadProfilePhoto deletePhotos uploadContactProfilePhoto`,
  },
  upload: {
    read: `getFile getCdnFile getCdnFileHashes getFileHashes`,
    trace: `getWebFile reuploadCdnFile`,
    write: `saveFilePart saveBigFilePart`,
  },
  help: {
    read: `getConfig getNearestDc getAppUpdate getInviteText getSupport getCdnConfig getRecentMeUrls
      getTermsOfServiceUpdate getDeepLinkInfo getAppConfig getPassportConfig getSupportName getUserInfo getPromoData
      getCountriesList getPremiumPromo getPeerColors getPeerProfileColors getTimezonesList`,
    trace: `saveAppLog`,
    write: `setBotUpdatesStatus acceptTermsOfService editUserInfo hidePromoData dismissSuggestion`,
  },
  channels: {
    read: `getMessages getParticipants getParticipant getChannels getFullChannel checkUsername exportMessageLink
      getAdminedPublicChannels getAdminLog getLeftChannels getGroupsForDiscussion getInactiveChannels getSendAs
      getForumTopics getForumTopicsByID getChannelRecommendations searchPosts`,
    trace: `readHistory readMessageContents`,
    write: `deleteMessages reportSpam createChannel editAdmin editTitle editPhoto updateUsername joinChannel
      leaveChannel inviteToChannel toggleSignatures editBanned setStickers deleteHistory togglePreHistoryHidden
      setDiscussionGroup editLocation toggleSlowMode deleteParticipantHistory toggleJoinToSend toggleJoinRequest
      reorderUsernames toggleUsername deactivateAllUsernames toggleForum createForumTopic editForumTopic
      updatePinnedForumTopic deleteTopicHistory reorderPinnedForumTopics toggleAntiSpam reportAntiSpamFalsePositive
      toggleParticipantsHidden updateColor toggleViewForumAsMessages updateEmojiStatus
      setBoostsToUnblockRestrictions setEmojiStickers restrictSponsoredMessages`,
    danger: `deleteChannel editCreator convertToGigagroup`,
  },
  bots: {
    read: `getBotCommands getBotMenuButton getBotInfo canSendMessage getPopularAppBots getPreviewInfo
      getPreviewMedias checkDownloadFileParams getAdminedBots getBotRecommendations`,
    write: `sendCustomRequest answerWebhookJSONQuery setBotCommands resetBotCommands setBotMenuButton
      setBotBroadcastDefaultAdminRights setBotGroupDefaultAdminRights setBotInfo reorderUsernames toggleUsername
      allowSendMessage invokeWebViewCustomMethod addPreviewMedia editPreviewMedia deletePreviewMedia
      reorderPreviewMedias updateUserEmojiStatus toggleUserEmojiStatusPermission updateStarRefProgram
      setCustomVerification`,
  },
  payments: {
    read: `getPaymentReceipt getSavedInfo canPurchasePremium getPremiumGiftCodeOptions checkGiftCode getGiveawayInfo
      getStarsTopupOptions getStarsStatus getStarsTransactions getStarsRevenueStats getStarsTransactionsByID
      getStarsGiftOptions getStarsSubscriptions getStarsGiveawayOptions getStarGifts getConnectedStarRefBots
      getConnectedStarRefBot getSuggestedStarRefBots getStarGiftUpgradePreview getUniqueStarGift getSavedStarGifts
      getSavedStarGift`,
    trace: `getPaymentForm getBankCardData`,
    write: `clearSavedInfo exportInvoice saveStarGift connectStarRefBot editConnectedStarRefBot
      toggleChatStarGiftNotifications`,
    danger: `validateRequestedInfo sendPaymentForm assignAppStoreTransaction assignPlayMarketTransaction applyGiftCode
      launchPrepaidGiveaway sendStarsForm refundStarsCharge getStarsRevenueWithdrawalUrl
      getStarsRevenueAdsAccountUrl changeStarsSubscription fulfillStarsSubscription convertStarGift
      botCancelStarsSubscription upgradeStarGift transferStarGift getStarGiftWithdrawalUrl`,
  },
  stickers: {
    read: `checkShortName suggestShortName`,
    write: `createStickerSet removeStickerFromSet changeStickerPosition addStickerToSet setStickerSetThumb
      changeSticker renameStickerSet deleteStickerSet replaceSticker`,
  },
  phone: {
    read: `getCallConfig getGroupCall getGroupParticipants checkGroupCall getGroupCallJoinAs
      getGroupCallStreamChannels`,
    trace: `receivedCall saveCallDebug saveCallLog`,
    write: `requestCall acceptCall confirmCall discardCall setCallRating sendSignalingData createGroupCall
      joinGroupCall leaveGroupCall inviteToGroupCall discardGroupCall toggleGroupCallSettings toggleGroupCallRecord
      editGroupCallParticipant editGroupCallTitle exportGroupCallInvite toggleGroupCallStartSubscription
      startScheduledGroupCall saveDefaultGroupCallJoinAs joinGroupCallPresentation leaveGroupCallPresentation
      getGroupCallStreamRtmpUrl createConferenceCall`,
  },
  langpack: { read: `getLangPack getStrings getDifference getLanguages getLanguage` },
  folders: { write: `editPeerFolders` },
  stats: {
    read: `getBroadcastStats loadAsyncGraph getMegagroupStats getMessagePublicForwards getMessageStats getStoryStats
      getStoryPublicForwards getBroadcastRevenueStats getBroadcastRevenueTransactions`,
    danger: `getBroadcastRevenueWithdrawalUrl`,
  },
  chatlists: {
    read: `getExportedInvites checkChatlistInvite getChatlistUpdates getLeaveChatlistSuggestions`,
    write: `exportChatlistInvite deleteExportedInvite editExportedInvite joinChatlistInvite joinChatlistUpdates
      hideChatlistUpdates leaveChatlist`,
  },
  stories: {
    read: `canSendStory getAllStories getPinnedStories getStoriesArchive getStoriesByID getStoryViewsList
      getStoriesViews exportStoryLink getPeerStories getAllReadPeerStories getPeerMaxIDs getChatsToSend
      getStoryReactionsList searchPosts`,
    trace: `readStories incrementStoryViews`,
    write: `sendStory editStory deleteStories togglePinned toggleAllStoriesHidden report activateStealthMode
      sendReaction togglePeerStoriesHidden togglePinnedToTop`,
  },
  premium: {
    read: `getBoostsList getMyBoosts getBoostsStatus getUserBoosts`,
    write: `applyBoost`,
  },
  smsjobs: {
    read: `isEligibleToJoin getStatus`,
    trace: `getSmsJob`,
    write: `leave updateSettings finishJob`,
    danger: `join`,
  },
  fragment: { read: `getCollectibleInfo` },
};

/** One row: a method by its TL name, and its class. */
export type MethodRow = readonly [method: string, methodClass: MethodClass];

/** Every row as written, so that a test can find what is missing or doubled. */
export const METHOD_ROWS: readonly MethodRow[] = Object.entries(TABLE).flatMap(([namespace, classes]) =>
  (Object.entries(classes) as [MethodClass, string][]).flatMap(([methodClass, names]) =>
    names.split(/\s+/).map((name): MethodRow => [namespace === "" ? name : `${namespace}.${name}`, methodClass]),
  ),
);

const classes: ReadonlyMap<string, MethodClass> = new Map(METHOD_ROWS);

/** What a method does; `undefined` when nobody has classified it. */
export const classOf = (method: string): MethodClass | undefined => classes.get(method);
