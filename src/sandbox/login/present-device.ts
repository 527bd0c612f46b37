import type * as Tl from "../tl/types.js";
import type { Device } from "./device.js";

/** Everybody here comes from this machine. */
const IP = "127.0.0.1";
export const COUNTRY = "Loopback";

/** A device as the list of devices shows it. @param flags what sets it apart there */
export function presentDevice(
  device: Device,
  flags: { readonly current?: boolean; readonly passwordPending?: boolean } = {},
): Tl.authorization {
  const { about, createdAt, activeAt } = device;
  return {
    _: "authorization",
    current: flags.current || undefined,
    password_pending: flags.passwordPending || undefined,
    hash: flags.current ? 0n : device.hash,
    device_model: about.deviceModel,
    platform: "",
    system_version: about.systemVersion,
    api_id: about.apiId,
    app_name: `Application ${about.apiId}`,
    app_version: about.appVersion,
    date_created: createdAt,
    date_active: activeAt,
    ip: IP,
    country: COUNTRY,
    region: "",
  };
}
