import { RpcError } from "../handler.js";

/** Gives the answer that was waited for; an {@link RpcError} is a refusal. */
export type Settle = (answer: unknown) => void;

/**
 * Thrown by a handler whose answer has to come from somebody else first. Where nobody waits for it, and when it does not come
 * in time, it is the error that it says.
 */
export class Postponed extends RpcError {
  constructor(
    code: number,
    name: string,
    /** How long is waited. */
    readonly mostMs: number,
    /** Begins to wait, and returns how that ends. */
    readonly begin: (settle: Settle) => () => void,
  ) {
    super(code, name);
  }
}
