import type * as Tl from "../tl/types.js";
import type { Account, World } from "../world/world.js";

/** Whose request it is and what it may touch. One per request. */
export interface RequestContext {
  readonly world: World;
  /** The account that the authorization key belongs to. Methods that need none are listed in `WITHOUT_ACCOUNT`. */
  readonly account: Account;
  /** The server's clock, in milliseconds of Unix time. All dates in the world come from here. */
  readonly now: number;
  /** The data centre that was asked. */
  readonly dcId: number;
  /** The export that the request belongs to, where it was wrapped so. */
  readonly takeoutId?: bigint | undefined;
  /** Pushes an update to every connected session of an account, except the one that asks. */
  readonly push: (account: Account, updates: Tl.TypeUpdates) => void;
}

/**
 * Carries out one method. Synchronous on purpose: a request is executed at the moment it arrives,
 * so that the order of the log is the order of the effects.
 *
 * @throws {@link RpcError} with Telegram's own error name.
 */
type Handler<M extends Tl.MethodName> = (
  request: Tl.Methods[M]["request"],
  context: RequestContext,
) => Tl.Methods[M]["result"];

/** The methods served, by their TL name. What is missing answers `501 SANDBOX_NOT_IMPLEMENTED`. */
export type Handlers = { readonly [M in Tl.MethodName]?: Handler<M> };

/** An error as Telegram sends it: a number of the HTTP kind and an upper-case name. */
export class RpcError extends Error {
  constructor(
    readonly code: number,
    override readonly message: string,
  ) {
    super(message);
    this.name = "RpcError";
  }
}
