import type { ServerClock } from "../clock.js";
import type { Timers } from "../timers.js";
import type { AuthKey } from "./auth-key.js";
import type { Connection } from "./connection.js";
import type { UnpackingAllowance } from "./gzip.js";
import type { MessageIds } from "./message-ids.js";
import type { ServerKey } from "./server-key.js";
import type { Session } from "./session.js";

/** A request of the API as it came out of its packet, not yet decoded. */
export interface ApiRequest {
  readonly session: Session;
  readonly connection: Connection;
  readonly messageId: bigint;
  readonly seqno: number;
  readonly body: Buffer;
  /** How much what is packed in it may unpack to. */
  readonly allowance: UnpackingAllowance;
}

/** What the protocol layer needs from the server it serves. */
export interface Endpoint {
  readonly dcId: number;
  readonly serverKey: ServerKey;
  readonly clock: ServerClock;
  readonly timers: Timers;
  readonly messageIds: MessageIds;
  readonly keys: Map<bigint, AuthKey>;
  /** Carries out a request, which answers by `session.answer`. */
  readonly execute: (request: ApiRequest) => void;
  /** An exception that is the sandbox's own fault. */
  readonly report: (problem: unknown) => void;
}
