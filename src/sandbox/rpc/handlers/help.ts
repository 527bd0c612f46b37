import type * as Tl from "../../tl/types.js";
import { presentUser } from "../../world/present/user.js";
import { SERVICE_USER } from "../../world/service-chat.js";
import type { Handlers, RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { mailboxOf } from "./resolve.js";

const HOUR = 3600;
const DAY = 24 * HOUR;

function dcOptions(context: RequestContext): Tl.TypeDcOption[] {
  return context.world.dcOptions.map(({ id, host, port }) => ({ _: "dcOption", id, ip_address: host, port }));
}

/** The limits that clients read here are Telegram's own. */
function config(context: RequestContext): Tl.config {
  const date = Math.floor(context.now / 1000);
  return {
    _: "config",
    date,
    expires: date + HOUR,
    test_mode: false,
    this_dc: context.dcId,
    dc_options: dcOptions(context),
    dc_txt_domain_name: "",
    chat_size_max: 200,
    megagroup_size_max: 200_000,
    forwarded_count_max: 100,
    online_update_period_ms: 210_000,
    offline_blur_timeout_ms: 5_000,
    offline_idle_timeout_ms: 30_000,
    online_cloud_timeout_ms: 300_000,
    notify_cloud_delay_ms: 30_000,
    notify_default_delay_ms: 1_500,
    push_chat_period_ms: 60_000,
    push_chat_limit: 2,
    edit_time_limit: 2 * DAY,
    revoke_time_limit: 0x7fffffff,
    revoke_pm_time_limit: 0x7fffffff,
    rating_e_decay: 2_419_200,
    stickers_recent_limit: 200,
    channels_read_media_period: 7 * DAY,
    call_receive_timeout_ms: 20_000,
    call_ring_timeout_ms: 90_000,
    call_connect_timeout_ms: 30_000,
    call_packet_timeout_ms: 10_000,
    me_url_prefix: "https://t.me/",
    caption_length_max: 1024,
    message_length_max: 4096,
    webfile_dc_id: context.dcId,
  };
}

/** Numbers for tests begin with 999 66: the code of a country that there is not. */
const COUNTRIES: readonly Tl.help_country[] = [
  {
    _: "help.country",
    iso2: "FT",
    default_name: "Anonymous Numbers",
    country_codes: [{ _: "help.countryCode", country_code: "888" }],
  },
  {
    _: "help.country",
    iso2: "YL",
    default_name: "Test Numbers",
    country_codes: [{ _: "help.countryCode", country_code: "999", prefixes: ["66"] }],
  },
];

export const help = {
  "help.getConfig": (_, context) => config(context),
  "help.getNearestDc": (_, context) => ({
    _: "nearestDc",
    country: "NL",
    this_dc: context.dcId,
    nearest_dc: context.world.mainDc,
  }),
  "help.getAppConfig": ({ hash }) =>
    hash === 1
      ? { _: "help.appConfigNotModified" }
      : { _: "help.appConfig", hash: 1, config: { _: "jsonObject", value: [] } },
  "help.getAppUpdate": () => ({ _: "help.noAppUpdate" }),
  "help.getCdnConfig": () => ({ _: "cdnConfig", public_keys: [] }),
  "help.getCountriesList": () => ({ _: "help.countriesList", countries: COUNTRIES, hash: 1 }),
  "help.getInviteText": () => ({ _: "help.inviteText", message: "" }),
  "help.getSupport": (_, context) => {
    const user = context.world.users.get(SERVICE_USER);
    if (!user) throw refuse("USER_ID_INVALID");
    const shown = presentUser(context.world, mailboxOf(context), user);
    return { _: "help.support", phone_number: user.phone ?? "", user: shown };
  },
  "help.getSupportName": () => ({ _: "help.supportName", name: "Telegram" }),
  "help.getUserInfo": () => ({ _: "help.userInfoEmpty" }),
  "help.getTermsOfServiceUpdate": (_, { now }) => ({
    _: "help.termsOfServiceUpdateEmpty",
    expires: Math.floor(now / 1000) + HOUR,
  }),
  "help.acceptTermsOfService": () => true,
  "help.getPromoData": (_, { now }) => ({ _: "help.promoDataEmpty", expires: Math.floor(now / 1000) + HOUR }),
  "help.hidePromoData": () => true,
  "help.dismissSuggestion": () => true,
  "help.getDeepLinkInfo": () => ({ _: "help.deepLinkInfoEmpty" }),
  "help.getRecentMeUrls": () => ({ _: "help.recentMeUrls", urls: [], chats: [], users: [] }),
  "help.getPassportConfig": () => ({
    _: "help.passportConfig",
    hash: 1,
    countries_langs: { _: "dataJSON", data: "{}" },
  }),
  "help.saveAppLog": () => true,
  "help.getPeerColors": () => ({ _: "help.peerColors", hash: 1, colors: [] }),
  "help.getPeerProfileColors": () => ({ _: "help.peerColors", hash: 1, colors: [] }),
  "help.getTimezonesList": () => ({
    _: "help.timezonesList",
    timezones: [{ _: "timezone", id: "UTC", name: "UTC", utc_offset: 0 }],
    hash: 1,
  }),
  "help.getPremiumPromo": () => ({
    _: "help.premiumPromo",
    status_text: "",
    status_entities: [],
    video_sections: [],
    videos: [],
    period_options: [],
    users: [],
  }),
} satisfies Handlers;
