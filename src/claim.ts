import { createHash } from "node:crypto";
import type { Request } from "./call.js";

/**
 * The right to send one write. It cannot be forged: the object carries nothing, and only this module knows
 * which request it was issued for. Only the actions lifecycle issues claims; a test reads the imports.
 */
export interface Claim {
  readonly actionId: string;
  /** Names this request of this generation of the action: what it costs is reserved once, also when it is resumed. */
  readonly reservation: string;
}

const issued = new WeakMap<Claim, string>();

const fingerprint = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("base64");

/** Issues the claim for exactly this request, byte for byte. */
export function issueClaim(actionId: string, reservation: string, request: Request<unknown>): Claim {
  const claim: Claim = Object.freeze({ actionId, reservation });
  issued.set(claim, fingerprint(request.getBytes()));
  return claim;
}

/** Whether the object is a claim at all. */
export const isClaim = (claim: Claim | undefined): claim is Claim => claim !== undefined && issued.has(claim);

/** Whether the claim was issued for the request that these bytes are. */
export const claimCovers = (claim: Claim | undefined, bytes: Uint8Array): boolean =>
  isClaim(claim) && issued.get(claim) === fingerprint(bytes);
