import { OWN_API } from "../../login/own-api.js";
import { phoneDigits } from "../../login/phone-number.js";
import type { Account } from "../../world/account.js";
import { RpcError } from "../handler.js";
import { refuse } from "../handlers/refuse.js";
import type { LoginContext } from "./context.js";

/** A number, and whose it is. */
export interface Caller {
  readonly phone: string;
  readonly account: Account | undefined;
}

/** @throws PHONE_NUMBER_INVALID */
export function callerOf({ world }: LoginContext, number: string): Caller {
  const phone = phoneDigits(number);
  // core.telegram.org/method/auth.sendCode gives it this code.
  if (phone === undefined) throw new RpcError(406, "PHONE_NUMBER_INVALID");
  return { phone, account: world.accounts.find((account) => account.phone === phone && !account.deleted) };
}

/** Sends whoever lives at another data centre there. */
export function checkHome({ dcId, world }: LoginContext, account: Account | undefined, what: "PHONE" | "USER"): void {
  const home = account && world.homeOf(account);
  if (home !== undefined && home !== dcId) throw new RpcError(303, `${what}_MIGRATE_${home}`);
}

/** The sandbox's own id goes with its own hash; of others only the form is looked at. @throws API_ID_INVALID */
export function checkApi({ api_id, api_hash }: { readonly api_id: number; readonly api_hash: string }): void {
  const isOwn = api_id === OWN_API.apiId;
  const isGood = isOwn ? api_hash === OWN_API.apiHash : api_id > 0 && /^[\da-f]{32}$/.test(api_hash);
  if (!isGood) throw refuse("API_ID_INVALID");
}
