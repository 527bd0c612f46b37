import { issueClaim } from "../claim.js";
import type { Telegram } from "../telegram/telegram.js";
import type { Run } from "./operation.js";

export interface ClaimedWrites {
  readonly telegram: Telegram;
  readonly actionId: string;
  /** Names the run of the action whatever resumes it: with the step's name it is what a request's cost is reserved under. */
  readonly reservation: string;
  /** True when an earlier run may have sent it. */
  readonly resumed: boolean;
  readonly signal: AbortSignal;
}

/** Sends the requests of one run, each under a claim that fits this request alone. Nothing else issues claims. */
export function claimedWrites({ telegram, actionId, reservation, resumed, signal }: ClaimedWrites): Run["write"] {
  let number = 0;
  // To the guards a resumed run is a further attempt: nothing it cost is given back.
  const attempt = resumed ? 2 : 1;
  return (request, { step = String(number++), ...options } = {}) => {
    const claim = issueClaim(actionId, `${reservation}:${step}`, request);
    return telegram.invoke(request, { replay: "unsafe", ...options, kind: "write", claim, signal, attempt });
  };
}
