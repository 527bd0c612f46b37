import type { Api } from "telegram";
import type { Request } from "./call.js";
import { GuardError } from "./errors.js";
import type { Telegram } from "./telegram/telegram.js";

const scoped = (): GuardError<"read_denied"> =>
  new GuardError("read_denied", "What may be read is limited, and a raw request could read more.", {
    details: {},
    nextStep: "Use the methods of client.read.",
  });

/** What a raw request may do, and when it ends. */
export interface RawOptions {
  /** Ends the call; it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Also send reads that leave a trace: marking as read, typing, asking a bot. @defaultValue false */
  readonly leaveTrace?: boolean;
}

/**
 * Sends requests that have no method here yet.
 *
 * @example
 * ```ts
 * const { api } = client.raw;
 * const { country } = await client.raw.invoke(new api.help.GetNearestDc());
 * ```
 */
export class RawApi {
  /** GramJS's `Api`, to build requests from: the very copy that this client speaks with. */
  readonly api: typeof Api;
  readonly #telegram: Telegram;

  constructor(telegram: Telegram) {
    this.api = telegram.api;
    this.#telegram = telegram;
  }

  /**
   * Sends one request of GramJS's `Api` through the whole chain, and gives its answer as GramJS gives it. It must be a
   * read; anything else is refused, also inside wrappers.
   *
   * Errors: `write_denied`, `login_denied`, `read_denied`, `method_unknown`, `input_invalid` for a request that is too
   * large to be sent, and those of every call ({@link GuardError}).
   *
   * @example
   * ```ts
   * const { api } = client.raw;
   * const { country } = await client.raw.invoke(new api.help.GetNearestDc());
   * ```
   */
  invoke<T>(request: Request<T>, { signal, leaveTrace = false }: RawOptions = {}): Promise<T> {
    if (this.#telegram.scope !== undefined) return Promise.reject(scoped());
    return this.#telegram.invoke(request, {
      ...(signal === undefined ? {} : { signal }),
      ...(leaveTrace ? { kind: "read" } : {}),
    });
  }
}
