import { RpcError } from "../handler.js";
import { refuse } from "../handlers/refuse.js";
import type { LoginHandlers } from "./context.js";
import { authorizationOf } from "./enter.js";

/** A login taken to another data centre: core.telegram.org/api/datacenter#authorization-transfer */
export const transfer = {
  "auth.exportAuthorization": ({ dc_id }, context) => {
    const { world, key, logins, now } = context;
    if (!key.device) throw new RpcError(401, "AUTH_KEY_UNREGISTERED");
    if (dc_id === context.dcId || !world.dcOptions.some(({ id }) => id === dc_id)) throw refuse("DC_ID_INVALID");
    const bytes = logins.passes.issue(key.device, dc_id, now);
    return { _: "auth.exportedAuthorization", id: BigInt(key.device.account.id), bytes };
  },
  "auth.importAuthorization": ({ id, bytes }, context) => {
    const device = context.logins.passes.take(bytes, context.dcId, context.now);
    if (!device) throw refuse("AUTH_BYTES_INVALID");
    if (BigInt(device.account.id) !== id) throw refuse("USER_ID_INVALID");
    context.logins.enter(context.key, device);
    return authorizationOf(context, device.account);
  },
} satisfies LoginHandlers;
