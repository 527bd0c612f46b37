import type * as Tl from "../../tl/types.js";
import type { Handlers, RequestContext } from "../handler.js";

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
} satisfies Handlers;
