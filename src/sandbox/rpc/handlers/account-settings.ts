import { Cast } from "../../world/present/cast.js";
import { updatesOf } from "../../world/present/updates.js";
import type * as Tl from "../../tl/types.js";
import type { Handlers } from "../handler.js";
import { refuse } from "./refuse.js";
import { mailboxOf } from "./resolve.js";

const MEGABYTE = 1024 * 1024;

const download: Tl.autoDownloadSettings = {
  _: "autoDownloadSettings",
  photo_size_max: MEGABYTE,
  video_size_max: BigInt(10 * MEGABYTE),
  file_size_max: BigInt(MEGABYTE),
  video_upload_maxbitrate: 100,
  small_queue_active_operations_max: 0,
  large_queue_active_operations_max: 0,
};
const save: Tl.autoSaveSettings = { _: "autoSaveSettings" };

const SHORTEST_TTL_DAYS = 30;
const LONGEST_TTL_DAYS = 730;

/** What an account has set for all of its clients. Most of it has no effect here and is taken as it comes. */
export const accountSettings = {
  "account.getAccountTTL": (_, { world, account }) => ({
    _: "accountDaysTTL",
    days: world.settings.ttlDays.get(account.id) ?? 365,
  }),
  "account.setAccountTTL": ({ ttl: { days } }, { world, account }) => {
    if (days < SHORTEST_TTL_DAYS || days > LONGEST_TTL_DAYS) throw refuse("TTL_DAYS_INVALID");
    world.settings.ttlDays.set(account.id, days);
    return true;
  },
  "account.getGlobalPrivacySettings": (_, { world, account }) =>
    world.settings.globalPrivacy.get(account.id) ?? { _: "globalPrivacySettings" },
  "account.setGlobalPrivacySettings": ({ settings }, { world, account }) => {
    world.settings.globalPrivacy.set(account.id, settings);
    return settings;
  },
  "account.getContentSettings": () => ({ _: "account.contentSettings" }),
  "account.setContentSettings": () => true,
  "account.saveAutoDownloadSettings": () => true,
  "account.getAutoDownloadSettings": () => ({
    _: "account.autoDownloadSettings",
    low: download,
    medium: download,
    high: download,
  }),
  "account.getAutoSaveSettings": () => ({
    _: "account.autoSaveSettings",
    users_settings: save,
    chats_settings: save,
    broadcasts_settings: save,
    exceptions: [],
    chats: [],
    users: [],
  }),
  "account.getReactionsNotifySettings": () => ({
    _: "reactionsNotifySettings",
    messages_notify_from: { _: "reactionNotificationsFromContacts" },
    sound: { _: "notificationSoundDefault" },
    show_previews: true,
  }),
  "account.getContactSignUpNotification": () => false,
  "account.setContactSignUpNotification": () => true,
  "account.getNotifyExceptions": (_, context) => updatesOf(new Cast(context.world, mailboxOf(context)), []),
  "account.getWebAuthorizations": () => ({ _: "account.webAuthorizations", authorizations: [], users: [] }),
  "account.getConnectedBots": () => ({ _: "account.connectedBots", connected_bots: [], users: [] }),
  "account.getBusinessChatLinks": () => ({ _: "account.businessChatLinks", links: [], chats: [], users: [] }),
  "account.registerDevice": () => true,
  "account.unregisterDevice": () => true,
  "account.updateDeviceLocked": () => true,
  "account.reportPeer": () => true,
} satisfies Handlers;
